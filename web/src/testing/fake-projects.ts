import type { Color, ProjectView, Role } from '../api/types'
import {
  type Call,
  checkVersion,
  invalid,
  page,
  projectFor,
  Refused,
  type Route,
  reordered,
  required,
} from './fake-call.ts'
import type { FakeLabel, FakeProject, FakeSection, FakeStore, FakeUser } from './fake-store.ts'

export function addProject(
  tarn: FakeStore,
  owner: FakeUser,
  name: string,
  { description = '', sections = ['To do', 'Doing', 'Done'] } = {},
): FakeProject {
  const now = new Date().toISOString()
  const project: FakeProject = {
    id: tarn.nextId(),
    name,
    description,
    color: 'teal',
    emoji: null,
    archived: false,
    timeZone: 'UTC',
    deleted: false,
    deletedAt: null,
    createdAt: now,
    updatedAt: now,
    updatedBy: owner.id,
    version: 1,
    members: [{ userId: owner.id, role: 'owner', addedAt: now }],
  }
  tarn.projects.push(project)
  for (const section of sections) addSection(tarn, project.id, section)
  return project
}

/** As of rows from before it was kept. */
const unknown = { updatedAt: null, updatedBy: null }

export function addSection(tarn: FakeStore, projectId: string, name: string): FakeSection {
  const section = { id: tarn.nextId(), projectId, name, archived: false, ...unknown, version: 1 }
  tarn.sections.push(section)
  return section
}

export function addLabel(
  tarn: FakeStore,
  projectId: string,
  name: string,
  color: Color,
): FakeLabel {
  const label = { id: tarn.nextId(), projectId, name, color, ...unknown, version: 1 }
  tarn.labels.push(label)
  return label
}

function viewOf({ tarn, me }: Call, project: FakeProject): ProjectView {
  const { members, deleted: _, ...rest } = project
  const tasks = tarn.tasks.filter(
    (task) => task.projectId === project.id && !task.deletedAt && !task.archived,
  )
  const done = tasks.filter((task) => task.status === 'done').length
  return {
    ...rest,
    role: members.find((member) => member.userId === me.id)?.role ?? 'viewer',
    openTasks: tasks.length - done,
    doneTasks: done,
    countsCapped: false,
  }
}

function nameOf(json: Record<string, unknown>, most: number): string {
  const name = String(json.name ?? '').trim()
  if (name === '') throw invalid('/name', 'A name is needed.')
  if (name.length > most) throw invalid('/name', `At most ${most} characters.`)
  return name
}

function list(call: Call) {
  const { tarn, me, query } = call
  const text = (query.get('text') ?? '').toLowerCase()
  const archived = query.get('archived') === 'true'
  const deleted = query.get('deleted') === 'true'
  const found = tarn.projects
    .filter((one) => (deleted ? one.deleted : !one.deleted && one.archived === archived))
    .filter((one) =>
      one.members.some(({ userId, role }) => userId === me.id && (!deleted || role === 'owner')),
    )
    .filter((one) => one.name.toLowerCase().includes(text))
    .sort((one, other) => one.name.localeCompare(other.name))
  return {
    body: page(
      found.map((one) => viewOf(call, one)),
      query,
    ),
  }
}

function change(call: Call) {
  const project = projectFor(call, call.path.id ?? '', 'owner')
  checkVersion(call, project.version)
  if ('name' in call.json) call.json.name = nameOf(call.json, 200)
  const by = { updatedAt: new Date().toISOString(), updatedBy: call.me.id }
  Object.assign(project, call.json, { version: project.version + 1, ...by })
  return { body: viewOf(call, project) }
}

function putMember(call: Call) {
  const project = projectFor(call, call.path.id ?? '', 'owner')
  const { id: userId, closedAt } = required(
    call.tarn.users.find(({ id }) => id === call.path.userId),
  )
  const role = call.json.role as Role
  const owners = project.members.filter((member) => member.role === 'owner')
  if (role !== 'owner' && owners.length === 1 && owners[0]?.userId === userId)
    throw new Refused(409, 'last-owner', 'A project needs an owner.')
  const member = { userId, role, addedAt: new Date().toISOString() }
  const rest = project.members.filter((one) => one.userId !== userId)
  const known = rest.length < project.members.length
  if (closedAt && !known) throw new Refused(409, 'account-closed', 'This account is closed.')
  project.members = known
    ? project.members.map((one) => (one.userId === userId ? { ...one, role } : one))
    : [...rest, member]
  return { body: member }
}

function removeMember(call: Call) {
  const project = projectFor(call, call.path.id ?? '', 'owner')
  const left = project.members.filter((one) => one.userId !== call.path.userId)
  if (!left.some((one) => one.role === 'owner'))
    throw new Refused(409, 'last-owner', 'A project needs an owner.')
  const { userId } = call.path
  const member = project.members.find((one) => one.userId === userId)
  const assigned = call.tarn.tasks.filter(
    (task) => task.projectId === project.id && task.assignees.includes(userId ?? ''),
  )
  project.members = left
  for (const task of assigned) task.assignees = task.assignees.filter((id) => id !== userId)
  if (member)
    call.tarn.removals.set(member.userId, () => {
      project.members = [...project.members, member]
      for (const task of assigned) task.assignees = [...task.assignees, member.userId]
      return member
    })
  return {}
}

/** Gives back what was removed. */
function restore(call: Call, id: string | undefined) {
  projectFor(call, call.path.id ?? '', 'editor')
  const giveBack = required(call.tarn.removals.get(id ?? ''))
  call.tarn.removals.delete(id ?? '')
  return { body: giveBack() }
}

function deleteLabel(call: Call) {
  const { tarn } = call
  const label = labelOf(call)
  const labelled = tarn.tasks.filter(({ labels }) => labels.includes(label.id))
  tarn.labels = tarn.labels.filter((one) => one !== label)
  for (const task of labelled) task.labels = task.labels.filter((id) => id !== label.id)
  tarn.removals.set(label.id, () => {
    tarn.labels.push(label)
    for (const task of labelled) task.labels = [...task.labels, label.id]
    return without(label)
  })
  return {}
}

function sectionOf({ tarn, path }: Call): FakeSection {
  return required(tarn.sections.find(({ id }) => id === path.sectionId))
}

function labelOf({ tarn, path }: Call): FakeLabel {
  return required(tarn.labels.find(({ id }) => id === path.labelId))
}

function without<T extends { projectId: string }>({ projectId: _, ...view }: T) {
  return view
}

function partsOf<T extends { projectId: string }>(call: Call, parts: T[]) {
  const project = projectFor(call, call.path.id ?? '')
  const mine = parts.filter((part) => part.projectId === project.id)
  return { body: { items: mine.map(without) } }
}

function changePart(call: Call, part: FakeSection | FakeLabel) {
  projectFor(call, part.projectId, 'editor')
  checkVersion(call, part.version)
  const by = { updatedAt: new Date().toISOString(), updatedBy: call.me.id }
  Object.assign(part, call.json, { version: part.version + 1, ...by })
  return { body: without(part) }
}

export const projectRoutes: Route[] = [
  { method: 'GET', path: '/api/projects', run: list },
  {
    method: 'POST',
    path: '/api/projects',
    run: (call) => {
      const description = String(call.json.description ?? '')
      const project = addProject(call.tarn, call.me, nameOf(call.json, 200), { description })
      return { status: 201, body: viewOf(call, project) }
    },
  },
  {
    method: 'GET',
    path: '/api/projects/{id}',
    run: (call) => {
      const project = projectFor(call, call.path.id ?? '')
      if (project.deleted) required(undefined)
      return { body: viewOf(call, project) }
    },
  },
  { method: 'PATCH', path: '/api/projects/{id}', run: change },
  {
    method: 'DELETE',
    path: '/api/projects/{id}',
    run: (call) => {
      projectFor(call, call.path.id ?? '', 'owner').deleted = true
      return {}
    },
  },
  {
    method: 'PUT',
    path: '/api/projects/{id}/restoration',
    run: (call) => {
      const project = projectFor(call, call.path.id ?? '', 'owner')
      project.deleted = false
      return { body: viewOf(call, project) }
    },
  },
  {
    method: 'GET',
    path: '/api/projects/{id}/members',
    run: (call) => ({ body: { items: projectFor(call, call.path.id ?? '').members } }),
  },
  { method: 'PUT', path: '/api/projects/{id}/members/{userId}', run: putMember },
  { method: 'DELETE', path: '/api/projects/{id}/members/{userId}', run: removeMember },
  {
    method: 'PUT',
    path: '/api/projects/{id}/members/{userId}/restoration',
    run: (call) => restore(call, call.path.userId),
  },
  {
    method: 'PUT',
    path: '/api/projects/{id}/sections/{sectionId}/restoration',
    run: (call) => restore(call, call.path.sectionId),
  },
  {
    method: 'PUT',
    path: '/api/projects/{id}/labels/{labelId}/restoration',
    run: (call) => restore(call, call.path.labelId),
  },
  {
    method: 'GET',
    path: '/api/projects/{id}/sections',
    run: (call) => partsOf(call, call.tarn.sections),
  },
  {
    method: 'POST',
    path: '/api/projects/{id}/sections',
    run: (call) => {
      const project = projectFor(call, call.path.id ?? '', 'editor')
      return {
        status: 201,
        body: without(addSection(call.tarn, project.id, nameOf(call.json, 300))),
      }
    },
  },
  {
    method: 'PATCH',
    path: '/api/projects/{id}/sections/{sectionId}',
    run: (call) => changePart(call, sectionOf(call)),
  },
  {
    method: 'DELETE',
    path: '/api/projects/{id}/sections/{sectionId}',
    run: (call) => {
      const section = sectionOf(call)
      if (call.tarn.tasks.some((task) => task.sectionId === section.id && !task.deletedAt))
        throw new Refused(409, 'section-not-empty', 'There are tasks in it: move them.')
      const before = call.tarn.sections
      call.tarn.sections = before.filter((one) => one !== section)
      call.tarn.removals.set(section.id, () => {
        call.tarn.sections = before
        return without(section)
      })
      return {}
    },
  },
  {
    method: 'PUT',
    path: '/api/projects/{id}/sections/{sectionId}/position',
    run: (call) => {
      const section = sectionOf(call)
      const after = call.json.after as string | null
      call.tarn.sections = reordered(call.tarn.sections, section, after)
      return { body: without(section) }
    },
  },
  {
    method: 'GET',
    path: '/api/projects/{id}/labels',
    run: (call) => partsOf(call, call.tarn.labels),
  },
  {
    method: 'POST',
    path: '/api/projects/{id}/labels',
    run: (call) => {
      const project = projectFor(call, call.path.id ?? '', 'editor')
      const name = String(call.json.name ?? '')
      const label = addLabel(call.tarn, project.id, name, call.json.color as Color)
      return { status: 201, body: without(label) }
    },
  },
  {
    method: 'PATCH',
    path: '/api/projects/{id}/labels/{labelId}',
    run: (call) => changePart(call, labelOf(call)),
  },
  {
    method: 'DELETE',
    path: '/api/projects/{id}/labels/{labelId}',
    run: deleteLabel,
  },
]
