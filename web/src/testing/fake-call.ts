import type { Problem, Role } from '../api/types'
import type { FakeProject, FakeSession, FakeStore, FakeUser } from './fake-store.ts'

export type FakeRequest = {
  method: string
  url: string
  headers: Record<string, string>
  body: string
}
export type FakeAnswer = { status: number; headers: Record<string, string>; body: string }

export type Call = {
  tarn: FakeStore
  path: Record<string, string>
  query: URLSearchParams
  headers: Record<string, string>
  raw: string
  json: Record<string, unknown>
  /** The signed-in user; only anonymous routes find nobody. */
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

const ranks: Role[] = ['viewer', 'editor', 'owner']

export function required<T>(found: T | undefined): T {
  if (!found) throw new Refused(404, 'not-found', 'There is nothing here, or not for you.')
  return found
}

export function isMember({ tarn, me }: Call, id: string): boolean {
  const members = tarn.projects.find((one) => one.id === id)?.members
  return members?.some(({ userId }) => userId === me.id) ?? false
}

/** The project, if the caller may see it, and may do what the role stands for. */
export function projectFor({ tarn, me }: Call, id: string, role: Role = 'viewer'): FakeProject {
  const project = required(tarn.projects.find((one) => one.id === id))
  const mine = required(project.members.find((member) => member.userId === me.id))
  if (ranks.indexOf(mine.role) < ranks.indexOf(role))
    throw new Refused(403, 'forbidden', 'Your role in this project does not allow this.')
  return project
}

export function checkVersion({ headers }: Call, version: number) {
  const wanted = headers['if-match'] ?? headers['If-Match']
  if (wanted && wanted !== `"${version}"`)
    throw new Refused(412, 'version-mismatch', 'Someone else changed this in the meantime.')
}

export function page<T>(
  items: T[],
  query: URLSearchParams,
): { items: T[]; nextCursor: string | null } {
  const limit = Number(query.get('limit') ?? 50)
  const from = Number(query.get('cursor') ?? 0)
  const to = from + limit
  return { items: items.slice(from, to), nextCursor: to < items.length ? String(to) : null }
}

/** The order after `moved` was put behind `after`, or first when there is none. */
export function reordered<T extends { id: string }>(all: T[], moved: T, after: string | null): T[] {
  const rest = all.filter((one) => one !== moved)
  const index = after === null ? 0 : rest.findIndex(({ id }) => id === after) + 1
  return [...rest.slice(0, index), moved, ...rest.slice(index)]
}
