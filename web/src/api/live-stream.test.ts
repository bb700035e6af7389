import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { LiveEvent } from './live-events'
import { openStream, type StreamEnd } from './live-stream'

/** A server of streams: answers what it is told to, in turn, and then streams. */
class StreamServer {
  readonly asked: { url: string; position: string | undefined }[] = []
  readonly answers: Response[] = []
  private stream: ReadableStreamDefaultController<Uint8Array> | null = null

  fetch = async (url: string, { headers, signal }: RequestInit) => {
    this.asked.push({ url, position: (headers as Record<string, string>)['Last-Event-ID'] })
    const answer = this.answers.shift()
    if (answer) return answer
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.stream = controller
        signal?.addEventListener('abort', () => controller.error(signal.reason))
      },
    })
    return new Response(body)
  }

  async write(text: string) {
    this.stream?.enqueue(new TextEncoder().encode(text))
    await later(0)
  }

  async end() {
    this.stream?.close()
    await later(0)
  }
}

const later = (ms: number) => vi.advanceTimersByTimeAsync(ms)
const change = { type: 'task.moved', id: 't1', project: 'p1', version: 2, by: null }

async function listening({ position = null as string | null, answers = [] as Response[] } = {}) {
  const server = new StreamServer()
  server.answers.push(...answers)
  vi.stubGlobal('fetch', server.fetch)
  const heard: LiveEvent[] = []
  const ends: StreamEnd[] = []
  const stream = openStream({
    position,
    lookingAt: ['p1'],
    onEvent: (event) => heard.push(event),
    onEnd: (why) => ends.push(why),
  })
  await later(0)
  return { server, heard, ends, stream }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
})

describe('the stream', () => {
  it('reads events however they are cut, and goes on behind the last one when it ends', async () => {
    const { server, heard, stream } = await listening()
    await server.write('event: ready\nid: a-1\ndata: {}\n\n: heartbeat\n\nevent: cha')
    await server.write(`nge\nid: a-2\ndata: ${JSON.stringify(change)}\n\nevent: news\ndata: {}\n\n`)
    expect(heard).toEqual([
      { name: 'ready', isFresh: true },
      { name: 'change', change },
    ])

    await server.write(': heartbeat\nid: a-3\n\n')
    await server.end()
    await later(400)
    expect(server.asked).toHaveLength(1)
    await later(3_000)
    expect(server.asked).toEqual([
      { url: '/api/live?lookingAt=p1', position: undefined },
      { url: '/api/live?lookingAt=p1', position: 'a-3' },
    ])
    await server.write('event: ready\nid: a-3\ndata: {}\n\n')
    expect(heard.at(-1)).toEqual({ name: 'ready', isFresh: false })
    stream.close()
  })

  it('begins anew when its position is none here', async () => {
    const { server, heard, stream } = await listening({
      position: 'old-9',
      answers: [new Response('{}', { status: 400 })],
    })
    await later(0)
    await server.write('event: ready\nid: a-1\ndata: {}\n\n')

    expect(server.asked.map(({ position }) => position)).toEqual(['old-9', undefined])
    expect(heard).toEqual([{ name: 'ready', isFresh: true }])
    stream.close()
  })

  it('looks at something else at once, from where it was', async () => {
    const { server, stream } = await listening()
    await server.write('event: ready\nid: a-1\ndata: {}\n\n')

    stream.look(['p2', 'p3'])
    await later(0)

    expect(server.asked[1]).toEqual({
      url: '/api/live?lookingAt=p2&lookingAt=p3',
      position: 'a-1',
    })
    stream.close()
  })

  it('waits as long as a busy server asks for, and says so', async () => {
    const headers = { 'Retry-After': '20' }
    const { server, stream, heard } = await listening({
      answers: [new Response(null, { status: 429, headers })],
    })
    expect(heard).toEqual([{ name: 'missed', why: 'too-many' }])

    await later(20_000)
    expect(server.asked).toHaveLength(1)
    await later(1_000)
    expect(server.asked).toHaveLength(2)
    stream.close()
  })

  it.each([
    [401, 'signed-out'],
    [403, 'absent'],
    [404, 'absent'],
  ])('ends at %i, and asks no more', async (status, why) => {
    const { server, ends } = await listening({ answers: [new Response(null, { status })] })

    await later(120_000)

    expect(ends).toEqual([why])
    expect(server.asked).toHaveLength(1)
  })

  it('asks ever less often while the server is away, and at once when the network is back', async () => {
    const away = Array.from({ length: 50 }, () => new Response(null, { status: 502 }))
    const { server, stream, heard } = await listening({ answers: away })

    await later(1_500)
    expect(heard).toEqual([])
    await later(120_000)
    expect(heard).toEqual([{ name: 'missed', why: 'unavailable' }])
    expect(server.asked.length).toBeGreaterThan(5)
    expect(server.asked.length).toBeLessThan(15)
    const before = server.asked.length
    dispatchEvent(new Event('online'))
    await later(0)
    expect(server.asked).toHaveLength(before + 1)
    stream.close()
  })

  it('gives up a connection on which even the heartbeat has stopped', async () => {
    const { server, stream } = await listening()
    await server.write('event: ready\nid: a-1\ndata: {}\n\n')

    await later(30_000)
    await server.write(': heartbeat\n\n')
    await later(39_000)
    expect(server.asked).toHaveLength(1)
    await later(5_000)

    expect(server.asked[1]?.position).toBe('a-1')
    stream.close()
  })
})
