import type { QueryClient } from '@tanstack/react-query'
import { itemListsKey, itemSumsKey } from '@/api/items'
import { changeLists, inLists } from '@/api/list-cache'
import type { ItemView } from '@/api/types'

/** The project of items, by id; null for the items of a user alone. */
export type ItemScope = string | null

/** The lists of the items, each in an order of its own. */
const listsOf = (projectId: ItemScope) => ({ queryKey: itemListsKey(projectId) })

/** Of all lists; what one of them has not heard of yet, another may know. */
export function knownItems(client: QueryClient, projectId: ItemScope): ItemView[] {
  const byId = new Map<string, ItemView>()
  for (const item of inLists<ItemView>(client, listsOf(projectId)))
    if (item.version >= (byId.get(item.id)?.version ?? 0)) byId.set(item.id, item)
  return [...byId.values()]
}

/** The server's word on an item, unless a later one is known. */
export function storeItem(client: QueryClient, item: ItemView) {
  changeLists<ItemView>(client, listsOf(item.projectId), (items) =>
    items.map((one) => (one.id === item.id && one.version <= item.version ? item : one)),
  )
}

export function appendItem(client: QueryClient, item: ItemView) {
  changeLists<ItemView>(client, listsOf(item.projectId), (items, { isLast }) =>
    isLast ? [...items, item] : items,
  )
}

export function dropItem(client: QueryClient, item: ItemView) {
  changeLists<ItemView>(client, listsOf(item.projectId), (items) =>
    items.filter(({ id }) => id !== item.id),
  )
}

export function refreshSums(client: QueryClient, projectId: ItemScope) {
  void client.invalidateQueries({ queryKey: itemSumsKey(projectId) })
}
