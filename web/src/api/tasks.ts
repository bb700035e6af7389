import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { call } from './client'
import type { QueryOf } from './operation'
import type { TaskChange, TaskDraft, TaskPosition } from './types'

export type TaskFilter = Omit<QueryOf<'GET', '/api/tasks'>, 'project' | 'limit' | 'cursor'> & {
  project: string
}

/** The most a page of the API holds: boards and lists want few, large pages. */
const pageSize = 100

export const taskListsKey = (projectId: string) => ['tasks', projectId] as const
export const taskKey = (id: string) => ['task', id] as const

/** The filter stands last in the key: whoever writes into lists must know what they hold. */
export const tasksQuery = (filter: TaskFilter) =>
  infiniteQueryOptions({
    queryKey: [...taskListsKey(filter.project), filter] as const,
    queryFn: ({ pageParam, signal }) =>
      call('GET', '/api/tasks', {
        query: { ...filter, limit: pageSize, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })

export const taskQuery = (id: string) =>
  queryOptions({ queryKey: taskKey(id), queryFn: ({ signal }) => readTask(id, signal) })

/** Also one in the trash: `deletedAt` tells. */
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
