import { onlineManager, useQueryClient } from '@tanstack/react-query'
import { CloudOff } from 'lucide-react'
import { useEffect, useRef, useSyncExternalStore } from 'react'
import { isUnreachable, subscribeToReachability } from '@/api/reachability'

/** Says that the connection or the server is gone, and what becomes of changes meanwhile. */
export function OfflineNotice() {
  const online = useSyncExternalStore(
    (changed) => onlineManager.subscribe(changed),
    () => onlineManager.isOnline(),
  )
  const unreachable = useSyncExternalStore(subscribeToReachability, isUnreachable)
  useFreshAfter(unreachable)
  const message = !online
    ? 'You are offline. Keep this page open: changes are sent when the connection is back.'
    : unreachable &&
      'Tarn does not answer. Trying again every few seconds; what you see may be old.'
  return (
    <div role="status">
      {message && (
        <p className="flex items-center gap-2 bg-warn-wash px-4 py-2 text-warn">
          <CloudOff className="size-4 shrink-0" aria-hidden="true" />
          {message}
        </p>
      )}
    </div>
  )
}

/** What is shown is read again when the server is back. */
function useFreshAfter(unreachable: boolean) {
  const queryClient = useQueryClient()
  const wasUnreachable = useRef(false)
  useEffect(() => {
    if (wasUnreachable.current && !unreachable) void queryClient.invalidateQueries()
    wasUnreachable.current = unreachable
  }, [unreachable, queryClient])
}
