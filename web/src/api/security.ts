import { infiniteQueryOptions } from '@tanstack/react-query'
import { call } from './client'

/** The security log: all of it, for administrators, or what is about one account. */
export const securityEventsQuery = (user?: string) =>
  infiniteQueryOptions({
    queryKey: ['security-events', user ?? null],
    queryFn: ({ pageParam, signal }) =>
      call('GET', '/api/security-events', {
        query: { user, limit: 50, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })
