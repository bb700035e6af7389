import type {
  LabelView,
  Me,
  MemberView,
  ProjectView,
  Role,
  SectionView,
  SessionView,
} from '../api/types'
import { type Call, Refused } from './fake-tarn.ts'

export type FakeUser = Me & { password: string }
export type FakeSession = SessionView & { userId: string }
export type FakeProject = Omit<ProjectView, 'role' | 'openTasks' | 'doneTasks'> & {
  members: MemberView[]
  deleted: boolean
}
export type FakeSection = SectionView & { projectId: string }
export type FakeLabel = LabelView & { projectId: string }

const ranks: Role[] = ['viewer', 'editor', 'owner']

export function required<T>(found: T | undefined): T {
  if (!found) throw new Refused(404, 'not-found', 'There is nothing here, or not for you.')
  return found
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
    throw new Refused(412, 'version-mismatch', 'Somebody else changed this in the meantime.')
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
