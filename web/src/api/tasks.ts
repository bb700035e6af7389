import { call } from './client'
import type { QueryOf } from './operation'
import type { TaskChange, TaskDraft, TaskPosition } from './types'

export type TaskFilter = Omit<QueryOf<'GET', '/api/tasks'>, 'project' | 'limit' | 'cursor'> & {
  project: string
}

/** The most a page of the API holds: boards and lists want few, large pages. */
const pageSize = 100

export const listTasks = (filter: TaskFilter, cursor: string | null, signal?: AbortSignal) =>
  call('GET', '/api/tasks', { query: { ...filter, limit: pageSize, cursor }, signal })

export const readTask = (id: string, signal?: AbortSignal) =>
  call('GET', '/api/tasks/{id}', { path: { id }, signal })

export const createTask = (draft: TaskDraft, key: string) =>
  call('POST', '/api/tasks', { body: draft, key })

export const changeTask = (id: string, change: TaskChange, version?: number) =>
  call('PATCH', '/api/tasks/{id}', { path: { id }, body: change, version })

export const deleteTask = (id: string) => call('DELETE', '/api/tasks/{id}', { path: { id } })

export const restoreTask = (id: string) =>
  call('PUT', '/api/tasks/{id}/restoration', { path: { id } })

export const setCompletion = (id: string, done: boolean) =>
  done
    ? call('PUT', '/api/tasks/{id}/completion', { path: { id } })
    : call('DELETE', '/api/tasks/{id}/completion', { path: { id } })

export const moveTask = (id: string, position: TaskPosition) =>
  call('PUT', '/api/tasks/{id}/position', { path: { id }, body: position })
