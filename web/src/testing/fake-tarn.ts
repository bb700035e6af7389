import { accountRoutes } from './fake-accounts.ts'
import { calculationRoutes } from './fake-calculations.ts'
import { type FakeAnswer, type FakeRequest, Refused } from './fake-call.ts'
import { importRoutes } from './fake-imports.ts'
import { invitationRoutes } from './fake-invitations.ts'
import { itemRoutes } from './fake-items.ts'
import { jobRoutes } from './fake-jobs.ts'
import { FakeLive, type Listener } from './fake-live.ts'
import { postRoutes } from './fake-posts.ts'
import { projectRoutes } from './fake-projects.ts'
import { searchRoutes } from './fake-search.ts'
import { type FakeSession, FakeStore, type FakeUser } from './fake-store.ts'
import { taskRoutes } from './fake-tasks.ts'
import { timetableRoutes } from './fake-timetable.ts'
import { userRoutes } from './fake-users.ts'

type Planned = { method: string; path: RegExp; refused: Refused | 'offline'; query: RegExp }

/** The API, in memory: what the app's tests and `npm run dev:fake` talk to. */
export class FakeTarn extends FakeStore {
  /** Every request so far, for tests that care about what was sent. */
  readonly requests: FakeRequest[] = []
  readonly live = new FakeLive(this)
  private readonly planned: Planned[] = []
  private readonly routes = [
    ...accountRoutes,
    ...userRoutes,
    ...invitationRoutes,
    ...projectRoutes,
    ...taskRoutes,
    ...itemRoutes,
    ...postRoutes,
    ...importRoutes,
    ...jobRoutes,
    ...calculationRoutes,
    ...searchRoutes,
    ...timetableRoutes,
  ]
  private readonly delay: number

  constructor({ delay = 0 }: { delay?: number } = {}) {
    super()
    this.delay = delay
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
      return refusal(error)
    }
  }

  /** `GET /api/live`: what is said goes to the listener until it is ended by what this answers. */
  listen(request: FakeRequest, listener: Listener): FakeAnswer | (() => void) {
    this.requests.push(request)
    try {
      const url = new URL(request.url, 'http://localhost')
      this.playPlanned(request.method, url)
      const session = this.sessionOf(request)
      if (!session) throw new Refused(401, 'unauthenticated', 'Sign in first.')
      const position = request.headers['last-event-id'] ?? null
      return this.live.listen(session, url.searchParams.getAll('lookingAt'), position, listener)
    } catch (error) {
      return refusal(error)
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
    } = this.live.telling(request.method === 'GET' ? null : { by: me?.id ?? null }, () =>
      route.run({
        tarn: this,
        path,
        query: url.searchParams,
        headers: request.headers,
        raw: request.body,
        json: route.path.startsWith('/api/imports') ? {} : parse(request.body),
        me: me as FakeUser,
        session: session as FakeSession,
      }),
    )
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

function refusal(error: unknown): FakeAnswer {
  if (!(error instanceof Refused)) throw error
  return {
    status: error.problem.status,
    headers: { 'Content-Type': 'application/problem+json', ...error.headers },
    body: JSON.stringify(error.problem),
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
