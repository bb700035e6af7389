import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { listItems, sumItems } from '@/api/items'
import { listKey, sumsKey } from './item-cache'

export const itemsQuery = (projectId: string) =>
  infiniteQueryOptions({
    queryKey: listKey(projectId),
    queryFn: ({ pageParam, signal }) => listItems(projectId, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })

export const sumsQuery = (projectId: string) =>
  queryOptions({
    queryKey: sumsKey(projectId),
    queryFn: ({ signal }) => sumItems(projectId, signal),
  })
