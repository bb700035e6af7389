import { ApiProblem, isProblem, Unreachable } from './api-problem'
import type { AnswerOf, Method, OptionsOf, PathOf, QueryOf } from './operation'
import { reportAnswer } from './reachability'
import { boundToAccount, underShownAccount } from './shown-account'
import type { Problem } from './types'

type Value = string | number | boolean | null | undefined
/** What {@link OptionsOf} allows, whatever the operation. */
type Options = {
  path?: Record<string, string>
  query?: Record<string, Value | readonly string[]>
  body?: unknown
  version?: number | undefined
  key?: string | undefined
  signal?: AbortSignal | undefined
}

/** How long to wait, each time, for what is still being worked on. */
const pausesMs = [250, 500, 1_000, 2_000, 4_000]

/** A change arrives even when its page is left at once, if it is no longer: browsers allow 64 KiB of such. */
const maxKeptAliveBytes = 16_000

/**
 * One call to the API, with what the contract knows of that path and method. Throws {@link ApiProblem}
 * or {@link Unreachable}, nothing else.
 */
export async function call<M extends Method, P extends PathOf<M>>(
  method: M,
  path: P,
  ...[given]: OptionsOf<M, P>
): Promise<AnswerOf<M, P>> {
  const options = (given ?? {}) as Options
  const headers: Record<string, string> = { Accept: 'application/json' }
  if (options.body !== undefined)
    headers['Content-Type'] =
      method === 'PATCH' ? 'application/merge-patch+json' : 'application/json'
  if (options.version !== undefined) headers['If-Match'] = `"${options.version}"`
  if (options.key !== undefined) headers['Idempotency-Key'] = options.key
  const init: RequestInit = { method, headers, credentials: 'same-origin' }
  const body = options.body === undefined ? '' : JSON.stringify(options.body)
  if (body) init.body = body
  if (method !== 'GET' && body.length <= maxKeptAliveBytes) init.keepalive = true
  if (options.signal) init.signal = options.signal

  return (await underShownAccount(method !== 'GET', () =>
    answerTo(urlOf(path, options), init, pausesMs),
  )) as AnswerOf<M, P>
}

/** One call whose body is a file or a part of one. */
export async function callWithFile<P extends PathOf<'POST'>>(
  path: P,
  { query, file, signal }: { query: QueryOf<'POST', P>; file: Blob; signal: AbortSignal },
): Promise<AnswerOf<'POST', P>> {
  const headers = { Accept: 'application/json', 'Content-Type': 'application/octet-stream' }
  const init: RequestInit = { method: 'POST', headers, credentials: 'same-origin', signal }
  const url = urlOf(path, { query: query as Record<string, Value> })
  return (await read(await send(url, { ...init, body: file }, 1))) as AnswerOf<'POST', P>
}

/** The first attempt may still be worked on when the second arrives: then its answer is to come. */
async function answerTo(url: string, init: RequestInit, pauses: number[]): Promise<unknown> {
  try {
    return await read(await send(url, init, hasKey(init) ? 2 : 1))
  } catch (error) {
    const [pauseMs, ...rest] = pauses
    if (pauseMs === undefined || !isProblem(error, 'idempotency-in-flight')) throw error
    await pause(pauseMs, init.signal)
    return answerTo(url, init, rest)
  }
}

/** Writes with a key that stays the same while the same is tried again after a failure. */
export function writingOnce<Draft, Written>(
  write: (draft: Draft, key: string) => Promise<Written>,
  described: (draft: Draft) => unknown = (draft) => draft,
): (draft: Draft) => Promise<Written> {
  let failed: { what: string; key: string } | null = null
  return async (draft) => {
    const what = JSON.stringify(described(draft))
    const key = failed?.what === what ? failed.key : newKey()
    failed = null
    try {
      return await write(draft, key)
    } catch (error) {
      failed = { what, key }
      throw error
    }
  }
}

/** How long to wait before what could not be sent is sent again. */
const resendMs = 3_000

let sessions = 1

/** What one user could not send is not sent in the name of the next. */
export function stopSending() {
  sessions += 1
}

/** Writes again, always with the same key, for as long as the server cannot be reached. */
export async function untilSent<T>(write: () => Promise<T>): Promise<T> {
  const session = sessions
  const checkAccount = boundToAccount()
  for (;;) {
    try {
      return await write()
    } catch (error) {
      if (!(error instanceof Unreachable) || session !== sessions) throw error
      await pause(resendMs, undefined)
      if (session !== sessions) throw error
      checkAccount()
    }
  }
}

function pause(ms: number, signal: AbortSignal | null | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms)
    signal?.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(signal.reason)
    })
  })
}

const hasKey = ({ headers }: RequestInit) => headers !== undefined && 'Idempotency-Key' in headers

/** How a proxy in between says that it cannot reach the server. */
const byProxy = [502, 504]

/** A key makes a second attempt safe, so one lost answer need not bother the user. */
async function send(url: string, init: RequestInit, attempts: number): Promise<Response> {
  try {
    const response = await fetch(url, init)
    reportAnswer(!byProxy.includes(response.status))
    return response
  } catch (error) {
    if (init.signal?.aborted) throw error
    if (attempts > 1) return send(url, init, attempts - 1)
    reportAnswer(false)
    throw new Unreachable()
  }
}

async function read(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined
  const text = await response.text()
  if (!response.ok) throw problemOf(response.status, response.headers.get('Retry-After'), text)
  try {
    return JSON.parse(text)
  } catch {
    throw new Unreachable()
  }
}

/** A proxy in between may answer without our format: its status is then all we know. */
export function problemOf(status: number, retryAfter: string | null, text: string): Error {
  const seconds = Number(retryAfter)
  const retryAfterSeconds = retryAfter !== null && Number.isFinite(seconds) ? seconds : null
  const problem = problemIn(text)
  if (problem) return new ApiProblem(problem, retryAfterSeconds)
  if (status === 0 || status >= 502) return new Unreachable()
  const bare = { type: 'about:blank', title: `Error ${status}`, status, code: `http-${status}` }
  return new ApiProblem(
    { ...bare, detail: `The server answered ${status}.`, traceId: '' },
    retryAfterSeconds,
  )
}

function problemIn(text: string): Problem | null {
  try {
    const body = JSON.parse(text) as Partial<Problem> | null
    return body && typeof body.code === 'string' ? (body as Problem) : null
  } catch {
    return null
  }
}

export function urlOf(path: string, { path: parts = {}, query = {} }: Options): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(parts[name] ?? ''),
  )
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined && one !== null && one !== '') search.append(name, String(one))
  return search.size > 0 ? `${filled}?${search}` : filled
}

/** Not `randomUUID`: browsers offer that on https only, and a small team's server may be plain http. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
}
