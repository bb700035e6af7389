import { useQuery } from '@tanstack/react-query'
import { RefreshCw } from 'lucide-react'
import type { MissedReason } from '@/api/live-events'
import { missedQuery } from '@/api/missed-changes'

const reasons: Record<MissedReason, string> = {
  'too-many': 'You have Tarn open in too many browsers to be told at once what others do.',
  unavailable: 'This page is not told at once what others do: the live connection fails.',
}

/** Says that the page follows what others do only by reading it again. */
export function MissedNotice() {
  const { data: why } = useQuery(missedQuery)
  return (
    <div role="status">
      {why && (
        <p className="flex items-center gap-2 border-line border-b px-4 py-1 text-ink-soft text-xs">
          <RefreshCw className="size-3.5 shrink-0" aria-hidden="true" />
          {reasons[why]} It is read again every 30 seconds.
        </p>
      )}
    </div>
  )
}
