import type { ItemView, Problem, TaskView, TokenView } from '../api/types'
import { calculationRoutes } from './fake-calculations.ts'
import { importRoutes } from './fake-imports.ts'
import { itemRoutes } from './fake-items.ts'
import { peopleRoutes } from './fake-people.ts'
import { type FakePost, postRoutes } from './fake-posts.ts'
import { projectRoutes } from './fake-projects.ts'
import type { FakeLabel, FakeProject, FakeSection, FakeSession, FakeUser } from './fake-store.ts'
import { taskRoutes } from './fake-tasks.ts'

export type FakeRequest = {
  method: string
  url: string
  headers: Record<string, string>
  body: string
}
export type FakeAnswer = { status: number; headers: Record<string, string>; body: string }

export type Call = {
  tarn: FakeTarn
  path: Record<string, string>
  query: URLSearchParams
  headers: Record<string, string>
  raw: string
  json: Record<string, unknown>
  /** The signed-in person; only anonymous routes find nobody. */
  me: FakeUser
  session: FakeSession
}
export type Route = {
  method: string
  path: string
  anonymous?: true
  run: (call: Call) => { status?: number; body?: unknown; headers?: Record<string, string> }
}

/** A refusal on its way to becoming problem+json. */
export class Refused extends Error {
  readonly problem: Problem
  readonly headers: Record<string, string>

  constructor(
    status: number,
    code: string,
    detail: string,
    errors: NonNullable<Problem['errors']> = [],
    headers: Record<string, string> = {},
  ) {
    super(detail)
    const type = `/docs/errors#${code}`
    this.problem = { type, title: code, status, code, detail, errors, traceId: 'fake' }
    this.headers = headers
  }
}

export const invalid = (pointer: string, detail: string, code = 'invalid', status = 422) =>
  new Refused(status, code, detail, [{ pointer, code, detail }])

type Planned = { method: string; path: RegExp; refused: Refused | 'offline'; query: RegExp }

/** The API, in memory: what the app's tests and `npm run dev:fake` talk to. */
export class FakeTarn {
  users: FakeUser[] = []
  sessions: FakeSession[] = []
  tokens: (TokenView & { userId: string })[] = []
  projects: FakeProject[] = []
  sections: FakeSection[] = []
  labels: FakeLabel[] = []
  tasks: TaskView[] = []
  items: ItemView[] = []
  posts: FakePost[] = []
  registrationOpen = true
  /** Whether totals wait for a calculator that does not answer. */
  calculatorAway = false
  /** Every request so far, for tests that care about what was sent. */
  readonly requests: FakeRequest[] = []
  private readonly planned: Planned[] = []
  private readonly routes = [
    ...peopleRoutes,
    ...projectRoutes,
    ...taskRoutes,
    ...itemRoutes,
    ...postRoutes,
    ...importRoutes,
    ...calculationRoutes,
  ]
  private readonly delay: number
  private lastId = 0

  constructor({ delay = 0 }: { delay?: number } = {}) {
    this.delay = delay
  }

  nextId(): string {
    this.lastId += 1
    return `0193a000-0000-7000-8000-${String(this.lastId).padStart(12, '0')}`
  }

  /** The next matching request is refused, or finds nobody at home. */
  refuseNext(method: string, path: RegExp, refused: Refused | 'offline', query = /.*/) {
    this.planned.push({ method, path, refused, query })
  }

  async handle(request: FakeRequest): Promise<FakeAnswer> {
    this.requests.push(request)
    await new Promise((resolve) => setTimeout(resolve, this.delay))
    try {
      return this.answer(request)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      return {
        status: error.problem.status,
        headers: { 'Content-Type': 'application/problem+json', ...error.headers },
        body: JSON.stringify(error.problem),
      }
    }
  }

  private answer(request: FakeRequest): FakeAnswer {
    const url = new URL(request.url, 'http://localhost')
    this.playPlanned(request.method, url)
    const { route, path } = this.routeFor(request.method, url.pathname)
    const session = this.sessionOf(request)
    const me = this.users.find(({ id }) => id === session?.userId)
    if (!(route.anonymous || (me && session)))
      throw new Refused(401, 'unauthenticated', 'Sign in first.')
    const {
      status = 200,
      body,
      headers,
    } = route.run({
      tarn: this,
      path,
      query: url.searchParams,
      headers: request.headers,
      raw: request.body,
      json: route.path === '/api/imports' ? {} : parse(request.body),
      me: me as FakeUser,
      session: session as FakeSession,
    })
    return {
      status: body === undefined && !status.toString().startsWith('201') ? 204 : status,
      headers: { 'Content-Type': 'application/json', ...headers },
      body: body === undefined ? '' : JSON.stringify(body),
    }
  }

  private playPlanned(method: string, { pathname, search }: URL) {
    const index = this.planned.findIndex(
      (one) => one.method === method && one.path.test(pathname) && one.query.test(search),
    )
    const [one] = index < 0 ? [] : this.planned.splice(index, 1)
    if (one?.refused === 'offline') throw new TypeError('Failed to fetch')
    if (one) throw one.refused
  }

  private routeFor(method: string, pathname: string) {
    for (const route of this.routes) {
      const path = match(route.path, pathname)
      if (path && route.method === method) return { route, path }
    }
    throw new Refused(404, 'not-found', 'There is nothing here.')
  }

  private sessionOf(request: FakeRequest): FakeSession | undefined {
    const id = /tarn_session=([^;]+)/.exec(request.headers.cookie ?? '')?.[1]
    return this.sessions.find((session) => session.id === id)
  }
}

function match(pattern: string, pathname: string): Record<string, string> | null {
  const wanted = pattern.split('/')
  const given = pathname.split('/')
  if (wanted.length !== given.length) return null
  const found: Record<string, string> = {}
  for (const [index, step] of wanted.entries()) {
    const value = decodeURIComponent(given[index] ?? '')
    if (step.startsWith('{')) found[step.slice(1, -1)] = value
    else if (step !== value) return null
  }
  return found
}

function parse(body: string): Record<string, unknown> {
  if (!body) return {}
  try {
    return JSON.parse(body) as Record<string, unknown>
  } catch {
    throw new Refused(400, 'malformed-json', 'That is not JSON.')
  }
}
