import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { MonitorSmartphone, ShieldCheck } from 'lucide-react'
import { explain } from '@/api/api-problem'
import type { SessionView } from '@/api/types'
import { endSession, sessionsQuery } from '@/api/users'
import { Button } from '@/ui/button'
import { ago } from '@/ui/dates'
import { Panel } from '@/ui/panel'
import { SkeletonRows } from '@/ui/skeleton'
import { deviceOf } from './device'

export function Sessions() {
  const { data, error, isPending } = useQuery(sessionsQuery)
  return (
    <Panel
      title="Sessions"
      lead="Where you are signed in."
      actions={
        <Button asChild>
          <Link to="/account/security">
            <ShieldCheck className="size-4" aria-hidden="true" />
            Security log
          </Link>
        </Button>
      }
    >
      {isPending && <SkeletonRows count={2} />}
      {error && <p className="text-danger">{explain(error)}</p>}
      <ul className="-my-1 divide-y divide-line">
        {data?.items.map((session) => (
          <Session key={session.id} session={session} />
        ))}
      </ul>
    </Panel>
  )
}

function Session({ session }: { session: SessionView }) {
  const queryClient = useQueryClient()
  const end = useMutation({
    mutationFn: () => endSession(session.id),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  })
  const device = deviceOf(session.userAgent)
  return (
    <li className="flex items-center gap-3 py-2.5">
      <MonitorSmartphone className="size-5 shrink-0 text-ink-faint" aria-hidden="true" />
      <div className="min-w-0 grow">
        <p className="truncate font-medium" title={session.userAgent ?? undefined}>
          {device}
        </p>
        <p className="text-ink-faint text-xs">
          {session.address && `${session.address} · `}last used{' '}
          {ago(session.lastUsedAt, new Date())}
        </p>
      </div>
      {session.current ? (
        <span className="rounded-full bg-ok-wash px-2 text-ok text-xs leading-5">This one</span>
      ) : (
        <Button
          size="small"
          aria-label={`End the session of ${device}`}
          disabled={end.isPending}
          onClick={() => end.mutate()}
        >
          End
        </Button>
      )}
    </li>
  )
}
