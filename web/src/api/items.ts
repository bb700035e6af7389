import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from './client'
import type { QueryOf } from './operation'
import type { ItemChange, ItemDraft } from './types'

/** The most a page of the API holds: a table wants few, large pages. */
const pageSize = 100

/** Those of a project, or one's own, which are in none. */
type Which = { project: string } | { own: true }

const itemsOf = (project: string | null): Which => (project === null ? { own: true } : { project })

export type ItemFilter = Pick<QueryOf<'GET', '/api/items'>, 'text' | 'sort'>

export const readItem = (id: string) => call('GET', '/api/items/{id}', { path: { id } })

export const createItem = (draft: ItemDraft, key: string) =>
  call('POST', '/api/items', { body: draft, key })

export const changeItem = (id: string, change: ItemChange, version: number) =>
  call('PATCH', '/api/items/{id}', { path: { id }, body: change, version })

/** Asks for a total that is not known yet. */
export const calculateItem = (id: string) =>
  call('PUT', '/api/items/{id}/calculation', { path: { id } })

export const deleteItem = (id: string) => call('DELETE', '/api/items/{id}', { path: { id } })

export const restoreItem = (id: string) =>
  call('PUT', '/api/items/{id}/restoration', { path: { id } })

export const itemsKey = (project: string | null) => ['items', project] as const

export const itemListsKey = (project: string | null) => [...itemsKey(project), 'list'] as const
export const itemSumsKey = (project: string | null) => [...itemsKey(project), 'sums'] as const

export const itemsQuery = (project: string | null, filter: ItemFilter = {}) =>
  infiniteQueryOptions({
    queryKey: [...itemListsKey(project), filter],
    queryFn: ({ pageParam, signal }) =>
      call('GET', '/api/items', {
        query: { ...itemsOf(project), ...filter, limit: pageSize, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  })

export const itemSumsQuery = (project: string | null) =>
  queryOptions({
    queryKey: itemSumsKey(project),
    queryFn: ({ signal }) => call('GET', '/api/items/sums', { query: itemsOf(project), signal }),
  })

/** Those in the trash, the latest first. */
export const deletedItemsQuery = (project: string | null) =>
  infiniteQueryOptions({
    queryKey: [...itemsKey(project), 'deleted'],
    queryFn: ({ pageParam, signal }) =>
      call('GET', '/api/items', {
        query: {
          ...itemsOf(project),
          deleted: true,
          sort: '-updatedAt',
          limit: pageSize,
          cursor: pageParam,
        },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    staleTime: 0,
  })
