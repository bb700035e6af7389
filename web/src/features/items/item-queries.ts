import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { listItems, sumItems } from '@/api/items'
import { listKey, sumsKey } from './item-cache'
import { type ItemSearch, sortOf } from './item-search'

export const itemsQuery = (projectId: string, { name, order }: ItemSearch = {}) =>
  infiniteQueryOptions({
    queryKey: [...listKey(projectId), { name, order }],
    queryFn: ({ pageParam, signal }) =>
      listItems(
        { project: projectId, text: name, sort: order && sortOf[order] },
        pageParam,
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  })

export const sumsQuery = (projectId: string) =>
  queryOptions({
    queryKey: sumsKey(projectId),
    queryFn: ({ signal }) => sumItems(projectId, signal),
  })
