import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { call, newKey } from './client'

/** All recurring jobs; read again every few seconds while the page is open. */
export const timetableQuery = queryOptions({
  queryKey: ['timetable'],
  queryFn: ({ signal }) => call('GET', '/api/timetable', { signal }),
  refetchInterval: 5_000,
})

/** The runs of a job, the latest first. */
export const runsQuery = (job: string) =>
  infiniteQueryOptions({
    queryKey: ['timetable', job, 'runs'],
    queryFn: ({ pageParam, signal }) =>
      call('GET', '/api/timetable/{job}/runs', {
        path: { job },
        query: { limit: 20, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })

export const pauseJob = (job: string) =>
  call('PUT', '/api/timetable/{job}/pause', { path: { job } })

export const resumeJob = (job: string) =>
  call('DELETE', '/api/timetable/{job}/pause', { path: { job } })

export const runJob = (job: string) =>
  call('POST', '/api/timetable/{job}/runs', { path: { job }, key: newKey() })
