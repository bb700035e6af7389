import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useRouter } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { explain } from '@/api/api-problem'
import { acceptInvitation, invitationOfferQuery } from '@/api/invitations'
import { clearSubmitQueue } from '@/api/submit-queue'
import type { InvitationOffer } from '@/api/types'
import { meQuery, signOut } from '@/api/users'
import { Button } from '@/ui/button'
import { FormMessage } from '@/ui/field'
import { SkeletonRows } from '@/ui/skeleton'
import { useTitle } from '@/ui/use-title'
import { AuthLayout } from './auth-layout'
import { forgetInvitation, keepInvitation, keptInvitation } from './kept-invitation'

const roles = { viewer: 'look at it', editor: 'work on its tasks', owner: 'own it too' } as const

export function InvitationPage() {
  useTitle('Invitation')
  const [secret] = useState(secretOfLink)
  const offer = useQuery(invitationOfferQuery(secret))
  return (
    <AuthLayout title="You are invited">
      {secret === null && (
        <NoOffer>
          This link is not complete. Open it once more where you got it, to its last character.
        </NoOffer>
      )}
      {secret !== null && offer.isPending && <SkeletonRows count={3} />}
      {offer.isError && <NoOffer>{explain(offer.error)}</NoOffer>}
      {secret !== null && offer.data && <Offer secret={secret} offer={offer.data} />}
    </AuthLayout>
  )
}

function NoOffer({ children }: { children: string }) {
  return (
    <div className="grid gap-4">
      <p className="text-ink-soft">{children}</p>
      <Button asChild size="large">
        <Link to="/projects" onClick={forgetInvitation}>
          Go to Tarn
        </Link>
      </Button>
    </div>
  )
}

/** The secret leaves the address bar, so that it is not shared along with it. */
function secretOfLink(): string | null {
  const linked = location.hash.slice(1)
  if (linked !== '') {
    keepInvitation(linked)
    history.replaceState(history.state, '', location.pathname)
  }
  return keptInvitation()
}

function Offer({ secret, offer }: { secret: string; offer: InvitationOffer }) {
  const me = useQuery({ ...meQuery, retry: false })
  return (
    <div className="grid gap-4">
      <p>
        <bdi className="font-medium">{offer.creatorName}</bdi> invites you{' '}
        {offer.projectName === null ? (
          'to this Tarn.'
        ) : (
          <>
            to the project <bdi className="font-medium">{offer.projectName}</bdi>
            {offer.role && `, to ${roles[offer.role]}`}.
          </>
        )}
      </p>
      {me.isPending && <SkeletonRows count={1} className="h-10" />}
      {me.data && <Accept secret={secret} name={me.data.name} />}
      {me.isError && <Enter registers={offer.registers} />}
    </div>
  )
}

function Accept({ secret, name }: { secret: string; name: string }) {
  const queryClient = useQueryClient()
  const router = useRouter()
  const isSent = useRef(false)
  const accept = useMutation({
    mutationFn: () => acceptInvitation(secret),
    meta: { shown: true },
    onSuccess: async ({ projectId }) => {
      forgetInvitation()
      await queryClient.invalidateQueries()
      router.history.push(projectId === null ? '/projects' : `/projects/${projectId}`)
    },
    onError: () => {
      isSent.current = false
    },
  })
  // The second click of two comes before the button is drawn as disabled.
  const acceptOnce = () => {
    if (!isSent.current) accept.mutate()
    isSent.current = true
  }
  const leave = useSignOut()
  return (
    <>
      <FormMessage>{accept.error && explain(accept.error)}</FormMessage>
      <Button
        variant="primary"
        size="large"
        disabled={accept.isPending || accept.isSuccess}
        onClick={acceptOnce}
      >
        Accept as {name}
      </Button>
      <div className="flex flex-wrap justify-center gap-2">
        <Button variant="ghost" disabled={leave.isPending} onClick={() => leave.mutate()}>
          Use another account
        </Button>
        <Button asChild variant="ghost">
          <Link to="/projects">Not now</Link>
        </Button>
      </div>
    </>
  )
}

/** The invitation stays open. */
function useSignOut() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: signOut,
    onSuccess: () => {
      clearSubmitQueue()
      return queryClient.resetQueries()
    },
  })
}

function Enter({ registers }: { registers: boolean }) {
  const search = { redirect: '/invitation' }
  return (
    <>
      {registers && (
        <Button asChild variant="primary" size="large">
          <Link to="/register" search={search}>
            Create an account
          </Link>
        </Button>
      )}
      <p className="text-center text-ink-soft">
        {registers
          ? 'Have an account? '
          : 'This invitation is for users who have an account here. '}
        <Link
          to="/sign-in"
          search={search}
          className="font-medium text-accent underline underline-offset-2"
        >
          Sign in
        </Link>
      </p>
    </>
  )
}
