import { queryOptions } from '@tanstack/react-query'
import type { MissedReason } from './live-events'

/** Why this page is not told what others do; null while it is: told by the stream, never asked for. */
export const missedQuery = queryOptions<MissedReason | null>({
  queryKey: ['missed-changes'],
  queryFn: () => null,
  enabled: false,
  initialData: null,
})
