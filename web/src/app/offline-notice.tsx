import { onlineManager } from '@tanstack/react-query'
import { CloudOff } from 'lucide-react'
import { useSyncExternalStore } from 'react'

/** Says that there is no connection, and what becomes of what one does meanwhile. */
export function OfflineNotice() {
  const online = useSyncExternalStore(
    (changed) => onlineManager.subscribe(changed),
    () => onlineManager.isOnline(),
  )
  return (
    <div role="status">
      {!online && (
        <p className="flex items-center gap-2 bg-warn-wash px-4 py-2 text-warn">
          <CloudOff className="size-4 shrink-0" aria-hidden="true" />
          You are offline. Keep this page open: changes are sent when the connection is back.
        </p>
      )}
    </div>
  )
}
