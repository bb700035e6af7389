import { call } from './client'
import type { TaskChange, TaskDraft, TaskPage, TaskPosition, TaskView } from './types'

export type TaskFilter = {
  project: string
  parent?: string | undefined
  text?: string | undefined
  status?: string | undefined
  label?: string | undefined
  assignee?: string | undefined
  priority?: string | undefined
  archived?: boolean
  deleted?: boolean
  topLevel?: boolean
  sort?: string
}

/** The most a page of the API holds: boards and lists want few, large pages. */
const pageSize = 100

export const listTasks = (filter: TaskFilter, cursor: string | null, signal?: AbortSignal) =>
  call<TaskPage>('GET', '/api/tasks', { query: { ...filter, limit: pageSize, cursor }, signal })

export const readTask = (id: string, signal?: AbortSignal) =>
  call<TaskView>('GET', '/api/tasks/{id}', { path: { id }, signal })

export const createTask = (draft: TaskDraft, key?: string) =>
  call<TaskView>('POST', '/api/tasks', { body: draft, key })

export const changeTask = (id: string, change: TaskChange, version?: number) =>
  call<TaskView>('PATCH', '/api/tasks/{id}', { path: { id }, body: change, version })

export const deleteTask = (id: string) => call<void>('DELETE', '/api/tasks/{id}', { path: { id } })

export const restoreTask = (id: string) =>
  call<TaskView>('PUT', '/api/tasks/{id}/restoration', { path: { id } })

export const setCompletion = (id: string, done: boolean) =>
  call<TaskView>(done ? 'PUT' : 'DELETE', '/api/tasks/{id}/completion', { path: { id } })

export const moveTask = (id: string, position: TaskPosition) =>
  call<TaskView>('PUT', '/api/tasks/{id}/position', { path: { id }, body: position })
