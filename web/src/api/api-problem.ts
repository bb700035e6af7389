import type { Problem } from './types'

/** The server said no, in the words of RFC 9457. */
export class ApiProblem extends Error {
  readonly problem: Problem
  readonly retryAfterSeconds: number | null

  constructor(problem: Problem, retryAfterSeconds: number | null = null) {
    super(problem.detail || problem.title)
    this.name = 'ApiProblem'
    this.problem = problem
    this.retryAfterSeconds = retryAfterSeconds
  }

  get status() {
    return this.problem.status
  }

  get code() {
    return this.problem.code
  }
}

/** The server could not be reached, or its answer was not one of ours. */
export class Unreachable extends Error {
  constructor() {
    super('The server cannot be reached. Check your connection and try again.')
    this.name = 'Unreachable'
  }
}

/** Another change touched the same fields; `theirs` is what is stored now. */
export class Clash<View> extends Error {
  readonly theirs: View

  constructor(theirs: View) {
    super('The same was changed elsewhere meanwhile. Look at it, then try again.')
    this.name = 'Clash'
    this.theirs = theirs
  }
}

/** Nobody is signed in here: said as a refusal is, because all that follows is the same. */
export const notSignedIn = () =>
  new ApiProblem({
    type: 'about:blank',
    title: 'Unauthorized',
    status: 401,
    code: 'unauthenticated',
    detail: 'Sign in first.',
    traceId: '',
  })

export function isProblem(error: unknown, ...codes: string[]): error is ApiProblem {
  return error instanceof ApiProblem && (codes.length === 0 || codes.includes(error.code))
}

/** What happened and what to do, where the server's own words say less; `later`: when to try again. */
const sentences: Record<string, (later: string) => string> = {
  forbidden: () => 'You are not allowed to do this.',
  'idempotency-in-flight': (later) => `This is still being worked on. Try again ${later}.`,
  overloaded: (later) => `Tarn has too much to do now. Nothing was changed; try again ${later}.`,
  'request-timeout': () =>
    'The connection was too slow to send this. Try again, or use a better connection.',
  'too-many-requests': (later) => `That was too often. Try again ${later}.`,
  'took-too-long': () =>
    'This took too long and was stopped. It may have been done: look before you try again.',
  unavailable: (later) =>
    `A part of Tarn does not answer. Nothing was changed; try again ${later}.`,
}

/** A sentence for a user, whatever went wrong. */
export function explain(error: unknown): string {
  if (error instanceof ApiProblem) return sentenceFor(error)
  if (error instanceof Unreachable || error instanceof Clash) return error.message
  return 'Something unexpected went wrong. Reload the page and try again.'
}

function sentenceFor({ code, status, message, problem, retryAfterSeconds }: ApiProblem): string {
  const seconds = retryAfterSeconds ?? 0
  const sentence = sentences[code]?.(seconds > 1 ? `in ${seconds} seconds` : 'in a moment')
  if (sentence) return sentence
  return status >= 500
    ? `Something went wrong on the server. Try again in a moment. (Trace ${problem.traceId})`
    : message
}
