import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { call, urlOf } from './client'
import type { AcceptedJob } from './types'

export const hasEnded = (job: AcceptedJob) => job.endedAt !== null

/** The caller's latest jobs; read again while one of them is worked on. */
export const jobsQuery = queryOptions({
  queryKey: ['jobs'],
  queryFn: ({ signal }) => call('GET', '/api/jobs', { query: { limit: 20 }, signal }),
  refetchInterval: ({ state }) => (state.data?.items.every(hasEnded) === false ? 3_000 : false),
})

/** One job; read again every second until it has ended. */
export const jobQuery = (id: string) =>
  queryOptions({
    queryKey: ['jobs', id],
    queryFn: ({ signal }) => call('GET', '/api/jobs/{id}', { path: { id }, signal }),
    refetchInterval: ({ state }) => (state.data && hasEnded(state.data) ? false : 1_000),
  })

/** The lines of an import's report. */
export const jobLinesQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['jobs', id, 'lines'],
    queryFn: ({ pageParam, signal }) =>
      call('GET', '/api/jobs/{id}/lines', {
        path: { id },
        query: { limit: 100, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })

export const cancelJob = (id: string) => call('DELETE', '/api/jobs/{id}', { path: { id } })

/** Where the whole report is as CSV. */
export const reportUrl = (id: string) => urlOf('/api/jobs/{id}/report', { path: { id } })
