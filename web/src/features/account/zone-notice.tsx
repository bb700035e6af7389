import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { changeMe, meQuery } from '@/api/users'
import { Button } from '@/ui/button'
import { browserZone } from '@/ui/dates'

const keptKey = 'tarn.time-zone-kept'

/** Accounts from before browsers told their time zone are in UTC, which few people live in. */
export function ZoneNotice() {
  const queryClient = useQueryClient()
  const { data: me } = useQuery({ ...meQuery, enabled: false })
  const [kept, setKept] = useState(isKept)
  const zone = browserZone()
  const save = useMutation({
    mutationFn: (version: number) => changeMe({ timeZone: zone }, version),
    onSuccess: (saved) => queryClient.setQueryData(meQuery.queryKey, saved),
  })
  if (kept || me?.timeZone !== 'UTC' || isUtc(zone)) return null
  const keep = () => {
    keepUtc()
    setKept(true)
  }
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-2 border-line border-b bg-accent-wash px-4 py-2"
    >
      <span className="mr-auto">
        Your account is in the time zone UTC, this browser in {zone.replaceAll('_', ' ')}. Days
        begin and end in that of your account.
      </span>
      <Button size="small" disabled={save.isPending} onClick={() => save.mutate(me.version)}>
        Use that of this browser
      </Button>
      <Button size="small" variant="ghost" onClick={keep}>
        Keep UTC
      </Button>
    </div>
  )
}

/** Browsers may refuse to keep anything. */
function isKept(): boolean {
  try {
    return localStorage.getItem(keptKey) !== null
  } catch {
    return false
  }
}

function keepUtc() {
  try {
    localStorage.setItem(keptKey, 'UTC')
  } catch {
    // It is offered again on the next visit.
  }
}

function isUtc(zone: string): boolean {
  return ['UTC', 'Etc/UTC', 'GMT', 'Etc/GMT'].includes(zone)
}
