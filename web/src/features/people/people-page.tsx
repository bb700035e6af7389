import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { ShieldCheck, UserPlus } from 'lucide-react'
import { useCallback, useState } from 'react'
import { accountsQuery } from '@/api/accounts'
import { explain } from '@/api/api-problem'
import { listed } from '@/api/list-cache'
import { meQuery } from '@/api/users'
import { Button } from '@/ui/button'
import { EndMark } from '@/ui/end-mark'
import { SearchBox } from '@/ui/search-box'
import { SkeletonRows } from '@/ui/skeleton'
import { EmptyState, ErrorLine, ErrorState } from '@/ui/states'
import { useTitle } from '@/ui/use-title'
import { AccountRow } from './account-row'
import { InviteDialog } from './invite-dialog'

const route = getRouteApi('/app/people')

/** All accounts, and what an administrator can do about each. */
export function PeoplePage() {
  useTitle('People')
  const { data: me } = useQuery(meQuery)
  const { text = '' } = route.useSearch()
  const navigate = useNavigate({ from: '/people' })
  const [inviting, setInviting] = useState(false)
  const search = useCallback(
    (typed: string) => void navigate({ search: { text: typed || undefined }, replace: true }),
    [navigate],
  )
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto grid max-w-3xl grid-cols-[minmax(0,1fr)] gap-4 px-4 py-6 sm:px-8">
        <div className="flex flex-wrap items-center gap-2">
          <h1 className="mr-auto font-semibold text-xl tracking-tight">People</h1>
          {me?.administrator && (
            <>
              <SearchBox
                label="Search people"
                text={text}
                className="w-44 grow sm:w-52 sm:grow-0"
                onSearch={search}
              />
              <Button asChild>
                <Link to="/security">
                  <ShieldCheck className="size-4" aria-hidden="true" />
                  Security log
                </Link>
              </Button>
              <Button variant="primary" onClick={() => setInviting(true)}>
                <UserPlus className="size-4" aria-hidden="true" />
                Invite
              </Button>
            </>
          )}
        </div>
        {me && !me.administrator && (
          <EmptyState title="For administrators">
            Accounts are looked after by the administrators of this Tarn.
          </EmptyState>
        )}
        {me?.administrator && <Accounts text={text} ownId={me.id} />}
      </div>
      <InviteDialog open={inviting} onClose={() => setInviting(false)} />
    </div>
  )
}

function Accounts({ text, ownId }: { text: string; ownId: string }) {
  const list = useInfiniteQuery(accountsQuery(text))
  const readOn = () => void list.fetchNextPage({ cancelRefetch: false })
  if (list.isPending) return <SkeletonRows count={4} />
  if (!list.data) return <ErrorState message={explain(list.error)} onRetry={() => list.refetch()} />
  const accounts = listed(list.data)
  if (accounts.length === 0)
    return (
      <EmptyState title="No user has that name">
        Try a part of the name or of the e-mail address, or invite them.
      </EmptyState>
    )
  return (
    <>
      <ul aria-label="Accounts" className="divide-y divide-line">
        {accounts.map((account) => (
          <AccountRow key={account.id} account={account} isMe={account.id === ownId} />
        ))}
      </ul>
      {list.isFetchNextPageError ? (
        <ErrorLine
          message={explain(list.error)}
          onRetry={readOn}
          isTrying={list.isFetchingNextPage}
        />
      ) : (
        list.hasNextPage && !list.isFetching && <EndMark key={accounts.length} onSeen={readOn} />
      )}
    </>
  )
}
