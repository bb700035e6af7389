import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from './client'

/** What was typed so far: typing on drops the answer to before. */
export const searchQuery = (text: string, project: string | undefined) =>
  queryOptions({
    queryKey: ['search', project, text],
    queryFn: ({ signal }) => call('GET', '/api/search', { query: { text, in: project }, signal }),
    enabled: text.trim() !== '',
    staleTime: 0,
    gcTime: 60_000,
    placeholderData: keepPreviousData,
  })

/** The open tasks of one user, in all projects that both are in. */
export const openTasksOfQuery = (userId: string) =>
  queryOptions({
    queryKey: ['search', 'assignee', userId],
    queryFn: ({ signal }) =>
      call('GET', '/api/tasks', {
        query: { assignee: userId, status: 'open', archived: false, sort: 'due', limit: 20 },
        signal,
      }),
    staleTime: 0,
  })
