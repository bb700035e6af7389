import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { itemsOf, listItems, sumItems } from '@/api/items'
import { listKey, type Place, sumsKey } from './item-cache'
import { type ItemSearch, sortOf } from './item-search'

export const itemsQuery = (projectId: Place, { name, order }: ItemSearch = {}) =>
  infiniteQueryOptions({
    queryKey: [...listKey(projectId), { name, order }],
    queryFn: ({ pageParam, signal }) =>
      listItems(
        { ...itemsOf(projectId), text: name, sort: order && sortOf[order] },
        pageParam,
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  })

export const sumsQuery = (projectId: Place) =>
  queryOptions({
    queryKey: sumsKey(projectId),
    queryFn: ({ signal }) => sumItems(itemsOf(projectId), signal),
  })
