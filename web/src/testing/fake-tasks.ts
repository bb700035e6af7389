import type { TaskView } from '../api/types'
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
import type { FakeStore } from './fake-store.ts'

export function addTask(
  tarn: FakeStore,
  task: { projectId: string; title: string; createdBy: string } & Partial<TaskView>,
): TaskView {
  const now = new Date().toISOString()
  const added: TaskView = {
    id: tarn.nextId(),
    sectionId: null,
    parentId: null,
    description: '',
    status: 'open',
    priority: 'none',
    start: null,
    due: null,
    assignees: [],
    labels: [],
    archived: false,
    subtasks: { total: 0, done: 0 },
    completedAt: null,
    createdAt: now,
    updatedAt: now,
    updatedBy: task.createdBy,
    deletedAt: null,
    position: '',
    version: 1,
    ...task,
  }
  tarn.tasks.push(added)
  return added
}

/** Sub-tasks are counted, and places told, when asked: the fake keeps neither. */
function viewOf(tarn: FakeStore, task: TaskView): TaskView {
  const children = tarn.tasks.filter((one) => one.parentId === task.id && !one.deletedAt)
  const done = children.filter((one) => one.status === 'done').length
  const position = String(tarn.tasks.indexOf(task)).padStart(6, '0')
  return { ...task, subtasks: { total: children.length, done }, position }
}

const filters: Record<string, (task: TaskView, value: string) => boolean> = {
  project: (task, value) => task.projectId === value,
  section: (task, value) => task.sectionId === value,
  parent: (task, value) => task.parentId === value,
  status: (task, value) => task.status === value,
  assignee: (task, value) => task.assignees.includes(value),
  label: (task, value) => task.labels.includes(value),
  priority: (task, value) => task.priority === value,
  archived: (task, value) => task.archived === (value === 'true'),
  deleted: (task, value) => (task.deletedAt !== null) === (value === 'true'),
  topLevel: (task, value) => (task.parentId === null) === (value === 'true'),
  text: (task, value) =>
    `${task.title} ${task.description}`.toLowerCase().includes(value.toLowerCase()),
}

const priorities = ['urgent', 'high', 'medium', 'low', 'none']
const far = '9999'
const orders: Record<string, (one: TaskView, other: TaskView) => number> = {
  due: (one, other) => (one.due ?? far).localeCompare(other.due ?? far),
  title: (one, other) => one.title.localeCompare(other.title),
  priority: (one, other) => priorities.indexOf(one.priority) - priorities.indexOf(other.priority),
  '-createdAt': (one, other) => other.id.localeCompare(one.id),
  '-updatedAt': (one, other) => other.updatedAt.localeCompare(one.updatedAt),
}

function list(call: Call) {
  const { tarn, query } = call
  const wanted = new URLSearchParams({ deleted: 'false' })
  for (const [name, value] of query) wanted.set(name, value)
  const projects = tarn.projects.filter((one) =>
    one.members.some((member) => member.userId === call.me.id),
  )
  const ids = new Set(projects.map(({ id }) => id))
  const mine = tarn.tasks.filter((task) => ids.has(task.projectId))
  const found = mine.filter((task) =>
    [...wanted].every(([name, value]) => filters[name]?.(task, value) ?? true),
  )
  const order = orders[query.get('sort') ?? '']
  if (order) found.sort(order)
  return {
    body: page(
      found.map((task) => viewOf(tarn, task)),
      query,
    ),
  }
}

function checked(json: Record<string, unknown>) {
  const { title, start, due } = json as { title?: string; start?: string; due?: string }
  if (title !== undefined && title.trim() === '') throw invalid('/title', 'A title is needed.')
  if (title !== undefined && title.length > 500) throw invalid('/title', 'At most 500 characters.')
  const size = start?.includes('T') && due?.includes('T') ? undefined : 10
  const late = start && due && start.slice(0, size) > due.slice(0, size)
  if (late) throw invalid('/start', 'It must not start after it is due.', 'after-due')
  return json
}

function taskOf(call: Call): TaskView {
  const task = required(call.tarn.tasks.find(({ id }) => id === call.path.id))
  projectFor(call, task.projectId)
  return task
}

/** What is in the trash can only be restored. */
function editable(call: Call): TaskView {
  const task = taskOf(call)
  projectFor(call, task.projectId, 'editor')
  if (task.deletedAt !== null)
    throw new Refused(409, 'in-trash', 'This task is in the trash. Restore it first.')
  return task
}

function changed(call: Call, task: TaskView, change: Partial<TaskView>) {
  const now = new Date().toISOString()
  const by = { updatedAt: now, updatedBy: call.me.id }
  Object.assign(task, change, { version: task.version + 1, ...by })
  return { body: viewOf(call.tarn, task) }
}

function create(call: Call) {
  const draft = checked(call.json) as { projectId: string; title: string }
  projectFor(call, draft.projectId, 'editor')
  const task = addTask(call.tarn, { ...draft, createdBy: call.me.id })
  return { status: 201, body: viewOf(call.tarn, task) }
}

function change(call: Call) {
  const task = editable(call)
  checkVersion(call, task.version)
  return changed(call, task, checked(call.json))
}

function complete(call: Call, done: boolean) {
  const completedAt = done ? new Date().toISOString() : null
  return changed(call, editable(call), { status: done ? 'done' : 'open', completedAt })
}

function setDeleted(call: Call, deletedAt: string | null) {
  const task = taskOf(call)
  projectFor(call, task.projectId, 'editor')
  for (const one of call.tarn.tasks) if (one.parentId === task.id) one.deletedAt = deletedAt
  return changed(call, task, { deletedAt })
}

function move(call: Call) {
  const task = editable(call)
  const { sectionId, after } = call.json as { sectionId?: string | null; after: string | null }
  if (sectionId !== undefined) task.sectionId = sectionId
  call.tarn.tasks = reordered(call.tarn.tasks, task, after)
  return changed(call, task, {})
}

export const taskRoutes: Route[] = [
  { method: 'GET', path: '/api/tasks', run: list },
  { method: 'POST', path: '/api/tasks', run: create },
  {
    method: 'GET',
    path: '/api/tasks/{id}',
    run: (call) => ({ body: viewOf(call.tarn, taskOf(call)) }),
  },
  { method: 'PATCH', path: '/api/tasks/{id}', run: change },
  {
    method: 'DELETE',
    path: '/api/tasks/{id}',
    run: (call) => {
      setDeleted(call, new Date().toISOString())
      return {}
    },
  },
  { method: 'PUT', path: '/api/tasks/{id}/restoration', run: (call) => setDeleted(call, null) },
  { method: 'PUT', path: '/api/tasks/{id}/completion', run: (call) => complete(call, true) },
  { method: 'DELETE', path: '/api/tasks/{id}/completion', run: (call) => complete(call, false) },
  { method: 'PUT', path: '/api/tasks/{id}/position', run: move },
]
