import type { ItemFilter } from '@/api/items'

export const itemOrders = { name: 'By name', newest: 'Newest first' } as const
export type ItemOrder = keyof typeof itemOrders

/** Which items one looks at, and in which order: in the URL, so that a view can be shared. */
export type ItemSearch = { name?: string | undefined; order?: ItemOrder | undefined }

export function itemSearch({ name, order }: Record<string, unknown>): ItemSearch {
  return {
    ...(typeof name === 'string' && name ? { name } : {}),
    ...(order === 'name' || order === 'newest' ? { order } : {}),
  }
}

const sortOf: Record<ItemOrder, string> = { name: 'name', newest: '-createdAt' }

/** In the words of the API. */
export const filterOf = ({ name, order }: ItemSearch): ItemFilter => ({
  text: name,
  sort: order && sortOf[order],
})
