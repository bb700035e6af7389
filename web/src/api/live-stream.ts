import { createEventParser, type EventBlock } from './event-stream'
import { type LiveEvent, liveEventOf } from './live-events'

/** A heartbeat comes every 15 s: after two that are missing the connection is dead. */
const silenceMs = 40_000

/** After a stream that ended well, as when the server is replaced: not all come back at once. */
const returnMs = { least: 500, most: 3_000 }

const firstPauseMs = 1_000
const maxPauseMs = 30_000

/** A server that is being replaced is away for less than these tries. */
const failuresToTell = 4

const otherProjects = 'other projects'

/** `signed-out`: until a user signs in again. `absent`: this Tarn has no streams. */
export type StreamEnd = 'signed-out' | 'absent'

type Options = {
  /** Where to go on; null begins now. */
  position: string | null
  lookingAt: readonly string[]
  onEvent: (event: LiveEvent, position: string | null) => void
  onEnd: (why: StreamEnd) => void
}

export type LiveStream = {
  /** The projects that are shown: the stream is opened again and goes on where it was. */
  look: (projects: readonly string[]) => void
  close: () => void
}

type Outcome =
  | { kind: 'ended' }
  | { kind: 'failed' }
  | { kind: 'refused'; status: number; retryAfterMs: number }

/**
 * One stream of `/api/live`, opened again whenever it breaks. Not an `EventSource`: that one tells no
 * status and cannot go on from a position when its address changes.
 */
export function openStream({ position: from, lookingAt, onEvent, onEnd }: Options): LiveStream {
  let position = from
  let projects = lookingAt
  let isClosed = false
  let failures = 0
  let hasHeard = false
  let hasTold = false
  let attempt = new AbortController()
  let awake = () => {}

  async function run() {
    while (!isClosed) {
      attempt = new AbortController()
      const { signal } = attempt
      const outcome = await once(signal)
      if (isClosed) return
      if (signal.reason === otherProjects) continue
      const end = endOf(outcome)
      if (end) return onEnd(end)
      const pauseBefore = pauseMs(outcome)
      tellMissed(outcome)
      await pause(pauseBefore)
    }
  }

  async function once(signal: AbortSignal): Promise<Outcome> {
    const controller = attempt
    const dieInSilence = () => setTimeout(() => controller.abort('silence'), silenceMs)
    let timer = dieInSilence()
    hasHeard = false
    try {
      const response = await fetch(addressOf(projects), {
        headers: { Accept: 'text/event-stream', ...(position && { 'Last-Event-ID': position }) },
        credentials: 'same-origin',
        cache: 'no-store',
        signal,
      })
      if (!response.ok || !response.body) return refusalOf(response)
      const parse = createEventParser(hear)
      await readAll(response.body, (text) => {
        clearTimeout(timer)
        timer = dieInSilence()
        parse(text)
      })
      return { kind: hasHeard ? 'ended' : 'failed' }
    } catch {
      return { kind: hasHeard ? 'ended' : 'failed' }
    } finally {
      clearTimeout(timer)
    }
  }

  function hear({ event: name, id, data }: EventBlock) {
    const isFresh = position === null
    position = id ?? position
    hasHeard = true
    hasTold = false
    failures = 0
    if (data === null || isClosed) return
    const event: LiveEvent | null =
      name === 'ready' ? { name: 'ready', isFresh } : liveEventOf(name, data)
    if (event) onEvent(event, position)
  }

  /** Once, until there is a stream again. */
  function tellMissed(outcome: Outcome) {
    const isTooMany = outcome.kind === 'refused' && outcome.status === 429
    if (hasTold || !(isTooMany || failures >= failuresToTell)) return
    hasTold = true
    onEvent({ name: 'missed', why: isTooMany ? 'too-many' : 'unavailable' }, position)
  }

  function endOf(outcome: Outcome): StreamEnd | null {
    if (outcome.kind !== 'refused') return null
    const { status } = outcome
    if (status === 401) return 'signed-out'
    if (status === 400 && position !== null) {
      // From another Tarn, or of another time: it begins anew.
      position = null
      return null
    }
    return status >= 500 || status === 429 ? null : 'absent'
  }

  function pauseMs(outcome: Outcome): number {
    if (outcome.kind === 'ended')
      return returnMs.least + Math.random() * (returnMs.most - returnMs.least)
    if (outcome.kind === 'refused' && outcome.status === 400) return 0
    failures += 1
    const backoffMs = Math.min(firstPauseMs * 2 ** (failures - 1), maxPauseMs)
    const leastMs = outcome.kind === 'refused' ? outcome.retryAfterMs : 0
    return leastMs + backoffMs * (0.5 + Math.random() / 2)
  }

  /** Ends early when there is a connection again. */
  function pause(ms: number) {
    return new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      awake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  const onOnline = () => awake()
  globalThis.addEventListener?.('online', onOnline)
  void run()
  return {
    look: (next) => {
      projects = next
      attempt.abort(otherProjects)
    },
    close: () => {
      isClosed = true
      attempt.abort()
      awake()
      globalThis.removeEventListener?.('online', onOnline)
    },
  }
}

async function readAll(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  onText: (text: string) => void,
) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    onText(value)
  }
}

function addressOf(projects: readonly string[]): string {
  const query = new URLSearchParams(projects.map((id) => ['lookingAt', id]))
  return query.size > 0 ? `/api/live?${query}` : '/api/live'
}

function refusalOf({ ok, status, headers }: Response): Outcome {
  if (ok) return { kind: 'failed' }
  const seconds = Number(headers.get('Retry-After'))
  return {
    kind: 'refused',
    status,
    retryAfterMs: Number.isFinite(seconds) ? seconds * 1_000 : 0,
  }
}
