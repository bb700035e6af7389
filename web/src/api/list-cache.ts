import type { InfiniteData, QueryClient, QueryFilters } from '@tanstack/react-query'
import type { Page } from './types'

/** A list as it is known on this side: the pages that were read. */
export type PagedList<T> = InfiniteData<Page<T>, unknown>

/** What a list holds, each once: what moved while its pages were read may stand in two. */
export function listed<T extends { id: string }>(list: PagedList<T> | undefined): T[] {
  return [...new Map(inPages(list).map((one) => [one.id, one])).values()]
}

/** Lists of what has no id, such as versions. */
export const inPages = <T>(list: PagedList<T> | undefined): T[] =>
  list?.pages.flatMap(({ items }) => items) ?? []

/** Where a page is in its list, and what the list holds. */
type PagePlace<T> = { isFirst: boolean; isLast: boolean; list: T[] }

/**
 * Writes a change into every page of the lists that are known, because reading a long list again for
 * one changed line would be slow. A page whose items stay the same array stays as it is.
 */
export function changeLists<T>(
  client: QueryClient,
  lists: QueryFilters,
  change: (items: T[], place: PagePlace<T>) => T[],
) {
  client.setQueriesData<PagedList<T>>(lists, (known) => {
    if (!known) return known
    const list = inPages(known)
    const last = known.pages.length - 1
    const pages = known.pages.map((page, at) => {
      const items = change(page.items, { isFirst: at === 0, isLast: at === last, list })
      return items === page.items ? page : { ...page, items }
    })
    return { ...known, pages }
  })
}

/** What the lists hold that are known. */
export const inLists = <T extends { id: string }>(client: QueryClient, lists: QueryFilters): T[] =>
  client.getQueriesData<PagedList<T>>(lists).flatMap(([, list]) => listed(list))
