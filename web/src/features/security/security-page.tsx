import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ArrowLeft, ShieldCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import { explain } from '@/api/api-problem'
import { listed } from '@/api/list-cache'
import { securityEventsQuery } from '@/api/security'
import type { SecurityEvent } from '@/api/types'
import { meQuery } from '@/api/users'
import { ago, fullDate } from '@/ui/dates'
import { EndMark } from '@/ui/end-mark'
import { legible } from '@/ui/legible'
import { SkeletonRows } from '@/ui/skeleton'
import { EmptyState, ErrorLine, ErrorState, ForAdministrators } from '@/ui/states'
import { useTitle } from '@/ui/use-title'
import { wordsOf } from './event-words'

/** The security log of the whole Tarn, for administrators. */
export function SecurityPage() {
  useTitle('Security log')
  const { data: me } = useQuery(meQuery)
  return (
    <Layout back={{ to: '/people', label: 'People' }} lead="What happened to accounts in 180 days.">
      {me && !me.administrator && (
        <ForAdministrators>
          What happened to your own account stands in your account's settings.
        </ForAdministrators>
      )}
      {me?.administrator && <Events />}
    </Layout>
  )
}

/** What is about the reader's own account. */
export function OwnSecurityPage() {
  useTitle('Security of your account')
  const { data: me } = useQuery(meQuery)
  return (
    <Layout
      back={{ to: '/account', label: 'Account' }}
      lead="What happened to your account in 180 days."
    >
      {me && <Events ownId={me.id} />}
    </Layout>
  )
}

type LayoutProps = {
  back: { to: '/people' | '/account'; label: string }
  lead: string
  children: ReactNode
}

function Layout({ back, lead, children }: LayoutProps) {
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto grid max-w-3xl grid-cols-[minmax(0,1fr)] gap-4 px-4 py-6 sm:px-8">
        <div>
          <Link
            to={back.to}
            className="inline-flex items-center gap-1 text-ink-soft hover:text-ink"
          >
            <ArrowLeft className="size-4" aria-hidden="true" />
            {back.label}
          </Link>
          <h1 className="mt-1 font-semibold text-xl tracking-tight">Security log</h1>
          <p className="text-ink-soft">{lead}</p>
        </div>
        {children}
      </div>
    </div>
  )
}

function Events({ ownId }: { ownId?: string }) {
  const list = useInfiniteQuery(securityEventsQuery(ownId))
  const readOn = () => void list.fetchNextPage({ cancelRefetch: false })
  if (list.isPending) return <SkeletonRows />
  if (!list.data) return <ErrorState message={explain(list.error)} onRetry={() => list.refetch()} />
  const events = listed(list.data)
  if (events.length === 0)
    return (
      <EmptyState icon={<ShieldCheck />} title="Nothing to report">
        Failed sign-ins, new tokens and ended sessions will stand here.
      </EmptyState>
    )
  return (
    <>
      <ul aria-label="Security events" className="divide-y divide-line">
        {events.map((event) => (
          <Line key={event.id} event={event} isOwn={ownId !== undefined} />
        ))}
      </ul>
      {list.isFetchNextPageError ? (
        <ErrorLine
          message={explain(list.error)}
          onRetry={readOn}
          isTrying={list.isFetchingNextPage}
        />
      ) : (
        list.hasNextPage && !list.isFetching && <EndMark key={events.length} onSeen={readOn} />
      )}
    </>
  )
}

function Line({ event, isOwn }: { event: SecurityEvent; isOwn: boolean }) {
  const { userId, userName, actorId, actorName, address, count, occurredAt } = event
  const whose = isOwn || userId === null ? null : (userName ?? 'a deleted account')
  const by = actorId !== null && actorId !== userId ? (actorName ?? 'a deleted account') : null
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 py-2">
      <p className="min-w-0 grow">
        {wordsOf(event)}
        {count > 1 && <span className="text-ink-faint"> ({count.toLocaleString()} times)</span>}
        <span className="block text-ink-faint text-xs">
          {whose && <bdi>{legible(whose)}</bdi>}
          {whose && (by || address) && ' · '}
          {by && (
            <>
              by <bdi>{legible(by)}</bdi>
            </>
          )}
          {by && address && ' · '}
          {address && `from ${address}`}
        </span>
      </p>
      <time
        dateTime={occurredAt}
        title={fullDate(occurredAt)}
        className="shrink-0 text-ink-faint text-xs"
      >
        {ago(occurredAt, new Date())}
      </time>
    </li>
  )
}
