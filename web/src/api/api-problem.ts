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

/** A sentence for a person, whatever went wrong. */
export function explain(error: unknown): string {
  if (error instanceof ApiProblem) {
    if (error.code === 'too-many-requests') return tooMany(error.retryAfterSeconds)
    if (error.code === 'idempotency-in-flight')
      return 'This is still being worked on. Try again in a moment.'
    if (error.code === 'forbidden') return 'You are not allowed to do this.'
    if (error.status >= 500)
      return `Something went wrong on the server. Try again in a moment. (Trace ${error.problem.traceId})`
    return error.message
  }
  if (error instanceof Unreachable || error instanceof Clash) return error.message
  return 'Something unexpected went wrong. Reload the page and try again.'
}

function tooMany(seconds: number | null) {
  return seconds
    ? `That was too often. Try again in ${seconds} seconds.`
    : 'That was too often. Try again in a moment.'
}
