import type { QueryClient, QueryFilters } from '@tanstack/react-query'
import type { Change } from './live-events'

type Row = { id: string; version: number; projectId?: string }

/** The rows of an answer that is one of them, a list of them, or a list in pages. */
export function rowsIn(data: unknown): Row[] {
  if (Array.isArray(data)) return data
  if (typeof data !== 'object' || data === null) return []
  if ('pages' in data) return (data.pages as { items: Row[] }[]).flatMap(({ items }) => items)
  return 'version' in data ? [data as Row] : []
}

/**
 * Whether the answer to a change of one's own is already in every place that shows it. What others
 * changed is always news: where it now belongs, only the server knows.
 */
export function isOwnAndKnown(
  client: QueryClient,
  { type, id, version, by }: Change,
  me: string | undefined,
  shown: QueryFilters,
): boolean {
  if (by === null || by !== me) return false
  const copies = client
    .getQueriesData(shown)
    .flatMap(([, data]) => rowsIn(data))
    .filter((row) => row.id === id)
  if (copies.length === 0) return type.endsWith('.deleted')
  return version !== null && copies.every((row) => row.version >= version)
}
