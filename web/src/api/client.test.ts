import { describe, expect, it, vi } from 'vitest'
import { ApiProblem, explain, Unreachable } from './api-problem'
import { call, problemOf, urlOf, writingOnce } from './client'

const answering = (status: number, body: string) =>
  vi.stubGlobal('fetch', async () => new Response(body, { status }))

describe('a call', () => {
  it('fills the path and leaves out what is not given', () => {
    expect(
      urlOf('/api/tasks/{id}', {
        path: { id: 'a/b' },
        query: { text: '', limit: 5, id: ['x', 'y'] },
      }),
    ).toBe('/api/tasks/a%2Fb?limit=5&id=x&id=y')
  })

  it('takes an answer that is not ours for no answer', async () => {
    answering(200, '<html>A proxy says hello</html>')

    await expect(call('GET', '/api/users/me')).rejects.toBeInstanceOf(Unreachable)
  })

  it('outlives its page when it changes something, unless it is too large for that', async () => {
    const sent: RequestInit[] = []
    vi.stubGlobal('fetch', async (_: string, init: RequestInit) => {
      sent.push(init)
      return new Response('{}')
    })

    await call('PUT', '/api/tasks/{id}/completion', { path: { id: '1' } })
    await call('PATCH', '/api/tasks/{id}', { path: { id: '1' }, body: { title: 'Roof' } })
    await call('PATCH', '/api/tasks/{id}', {
      path: { id: '1' },
      body: { description: 'x'.repeat(20_000) },
    })
    await call('GET', '/api/tasks/{id}', { path: { id: '1' } })

    expect(sent.map(({ keepalive }) => keepalive ?? false)).toEqual([true, true, false, false])
  })

  it('passes on that it was given up', async () => {
    const given = new AbortController()
    vi.stubGlobal('fetch', async () => {
      given.abort()
      throw new DOMException('Aborted', 'AbortError')
    })

    await expect(call('GET', '/api/users/me', { signal: given.signal })).rejects.toThrow('Aborted')
  })
})

describe('what is written', () => {
  /** Plays the answers, and tells the keys that were sent. */
  function playing(...answers: (Response | 'lost')[]) {
    const keys: string[] = []
    vi.stubGlobal('fetch', async (_: string, init: RequestInit) => {
      keys.push((init.headers as Record<string, string>)['Idempotency-Key'] ?? '')
      const next = answers.shift() ?? 'lost'
      if (next === 'lost') throw new TypeError('Failed to fetch')
      return next
    })
    return keys
  }
  const written = () => new Response('{"id":"1"}', { status: 201 })
  const inFlight = () => new Response('{"code":"idempotency-in-flight"}', { status: 409 })
  const write = () =>
    writingOnce((name: string, key) => call('POST', '/api/items', { body: { name }, key }))

  it('has the same key when both answers were lost and one tries again', async () => {
    const keys = playing('lost', 'lost', written())
    const add = write()

    await expect(add('Rope')).rejects.toBeInstanceOf(Unreachable)
    await add('Rope')

    expect(keys).toHaveLength(3)
    expect(new Set(keys).size).toBe(1)
  })

  it.each([
    ['after it was written', [written(), written()], ['Rope', 'Rope']],
    ['when it is something else', ['lost', 'lost', written()], ['Rope', 'Slate']],
  ] as const)('has another key %s', async (_, answers, names) => {
    const keys = playing(...answers)
    const add = write()

    for (const name of names) await add(name).catch(() => undefined)

    expect(new Set(keys).size).toBe(2)
  })

  it('is waited for while the first attempt is still being worked on', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true, advanceTimeDelta: 200 })
    try {
      const keys = playing('lost', inFlight(), inFlight(), written())

      await expect(write()('Rope')).resolves.toEqual({ id: '1' })

      expect(keys).toHaveLength(4)
      expect(new Set(keys).size).toBe(1)
    } finally {
      vi.useRealTimers()
    }
  })

  it('is not waited for any more when nobody wants it', async () => {
    playing(inFlight(), inFlight())
    const given = new AbortController()
    const asked = call('POST', '/api/items', {
      body: { name: 'Rope' },
      key: '1',
      signal: given.signal,
    })
    await new Promise((resolve) => setTimeout(resolve, 10))

    given.abort()

    await expect(asked).rejects.toThrow(/abort/)
  })
})

describe('an error', () => {
  const problem = (status: number, code: string, retryAfter: number | null = null) =>
    new ApiProblem(
      { type: '', title: 'T', status, code, detail: 'Why.', traceId: 'abc' },
      retryAfter,
    )

  it('of a proxy keeps its status, and of a dead server is unreachable', () => {
    expect(problemOf(404, null, 'nope')).toMatchObject({ status: 404, code: 'http-404' })
    expect(problemOf(502, null, 'bad gateway')).toBeInstanceOf(Unreachable)
  })

  it('is explained in a sentence', () => {
    expect(explain(problem(422, 'invalid'))).toBe('Why.')
    expect(explain(problem(500, 'internal'))).toMatch(/Trace abc/)
    expect(explain(new TypeError('x is undefined'))).not.toMatch(/undefined/)
  })

  it.each([
    [403, 'forbidden', /^You are not allowed/],
    [408, 'request-timeout', /connection was too slow.*better connection/],
    [409, 'idempotency-in-flight', /still being worked on.*in a moment/],
    [429, 'too-many-requests', /too often.*in a moment/],
    [503, 'overloaded', /too much to do.*Nothing was changed; try again in a moment/],
    [503, 'took-too-long', /was stopped.*look before you try again/],
    [503, 'unavailable', /does not answer.*Nothing was changed; try again in a moment/],
  ])('%i %s says what happened, and what to do', (status, code, sentence) => {
    expect(explain(problem(status, code))).toMatch(sentence)
  })

  it('says how long to wait when the server does', () => {
    expect(explain(problem(503, 'overloaded', 30))).toMatch(/try again in 30 seconds/)
    expect(explain(problem(429, 'too-many-requests', 1))).toMatch(/Try again in a moment/)
  })
})
