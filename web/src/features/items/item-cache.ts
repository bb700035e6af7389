import type { InfiniteData, QueryClient } from '@tanstack/react-query'
import { itemsKey } from '@/api/items'
import type { ItemPage, ItemView } from '@/api/types'

/** Where items are: in a project, or nowhere but with their owner. */
export type Place = string | null

/** What is known of the items of a place on this side; changes are written into it. */
type ItemList = InfiniteData<ItemPage, unknown>

export const listKey = (projectId: Place) => [...itemsKey(projectId), 'list'] as const
export const sumsKey = (projectId: Place) => [...itemsKey(projectId), 'sums'] as const
export const pendingKey = (projectId: Place) => [...itemsKey(projectId), 'pending'] as const

export function flatten(list: ItemList | undefined): ItemView[] {
  const byId = new Map<string, ItemView>()
  for (const page of list?.pages ?? []) for (const item of page.items) byId.set(item.id, item)
  return [...byId.values()]
}

/** Of all lists; what one of them has not heard of yet, another may know. */
export function knownItems(client: QueryClient, projectId: Place): ItemView[] {
  const byId = new Map<string, ItemView>()
  const lists = client.getQueriesData<ItemList>({ queryKey: listKey(projectId) })
  for (const item of lists.flatMap(([, list]) => flatten(list)))
    if (item.version >= (byId.get(item.id)?.version ?? 0)) byId.set(item.id, item)
  return [...byId.values()]
}

/** The server's word on an item, unless a later one is known. */
export function storeItem(client: QueryClient, item: ItemView) {
  update(client, item, (items) =>
    items.map((one) => (one.id === item.id && one.version <= item.version ? item : one)),
  )
}

export function appendItem(client: QueryClient, item: ItemView) {
  update(client, item, (items, isLast) => (isLast ? [...items, item] : items))
}

export function dropItem(client: QueryClient, item: ItemView) {
  update(client, item, (items) => items.filter(({ id }) => id !== item.id))
}

export function refreshSums(client: QueryClient, projectId: Place) {
  void client.invalidateQueries({ queryKey: sumsKey(projectId) })
}

function update(
  client: QueryClient,
  { projectId }: ItemView,
  change: (items: ItemView[], isLast: boolean) => ItemView[],
) {
  client.setQueriesData<ItemList>(
    { queryKey: listKey(projectId) },
    (list) =>
      list && {
        ...list,
        pages: list.pages.map((page, index) => ({
          ...page,
          items: change(page.items, index === list.pages.length - 1),
        })),
      },
  )
}
