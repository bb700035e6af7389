import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link2 } from 'lucide-react'
import { useState } from 'react'
import { explain } from '@/api/api-problem'
import { createInvitation, invitationsQuery, revokeInvitation } from '@/api/invitations'
import type { InvitationView, NewInvitation, Role } from '@/api/types'
import { Button } from '@/ui/button'
import { ConfirmDialog } from '@/ui/confirm-dialog'
import { plainDate } from '@/ui/dates'
import { Dialog } from '@/ui/dialog'
import { Field, FormMessage, Select } from '@/ui/field'
import { ShownOnce } from '@/ui/shown-once'
import { UsesField } from '@/ui/uses-field'
import { roles } from './roles'

/** Links by which others become members, also those without an account. */
export function Invitations({ projectId }: { projectId: string }) {
  const { data } = useQuery(invitationsQuery(projectId))
  const [creating, setCreating] = useState(false)
  const live = data?.items.filter(isLive) ?? []
  return (
    <div className="mt-4 grid gap-2">
      <Button className="justify-self-start" onClick={() => setCreating(true)}>
        <Link2 className="size-4" aria-hidden="true" />
        Invite by link
      </Button>
      {live.length > 0 && (
        <ul aria-label="Your invitations" className="divide-y divide-line">
          {live.map((invitation) => (
            <Invitation key={invitation.id} projectId={projectId} invitation={invitation} />
          ))}
        </ul>
      )}
      <InviteDialog projectId={projectId} open={creating} onClose={() => setCreating(false)} />
    </div>
  )
}

function isLive({ revokedAt, expiresAt, uses, maxUses }: InvitationView): boolean {
  return revokedAt === null && new Date(expiresAt) > new Date() && uses < maxUses
}

function Invitation({ projectId, invitation }: { projectId: string; invitation: InvitationView }) {
  const queryClient = useQueryClient()
  const [asking, setAsking] = useState(false)
  const revoke = useMutation({
    mutationFn: () => revokeInvitation(invitation.id),
    onSettled: () =>
      queryClient.invalidateQueries({ queryKey: invitationsQuery(projectId).queryKey }),
  })
  const { role, uses, maxUses, expiresAt } = invitation
  return (
    <li className="flex items-center gap-3 py-2">
      <p className="min-w-0 grow">
        {role && roles[role]}
        <span className="block text-ink-faint text-xs">
          used {uses} of {maxUses} · expires {plainDate(expiresAt)}
        </span>
      </p>
      <Button size="small" aria-label="Revoke invitation" onClick={() => setAsking(true)}>
        Revoke
      </Button>
      <ConfirmDialog
        open={asking}
        title="Revoke this invitation?"
        action="Revoke"
        busy={revoke.isPending}
        onClose={() => setAsking(false)}
        onConfirm={() => revoke.mutate(undefined, { onSettled: () => setAsking(false) })}
      >
        Its link lets nobody in any more. Members who came by it stay.
      </ConfirmDialog>
    </li>
  )
}

type DialogProps = { projectId: string; open: boolean; onClose: () => void }

function InviteDialog({ projectId, open, onClose }: DialogProps) {
  const [created, setCreated] = useState<NewInvitation | null>(null)
  const [isWarned, setWarned] = useState(false)
  const close = () => {
    setCreated(null)
    setWarned(false)
    onClose()
  }
  return (
    <Dialog
      open={open}
      onClose={created ? () => setWarned(true) : close}
      title={created ? 'Your invitation' : 'Invite by link'}
    >
      {created ? (
        <ShownOnce noun="link" value={linkOf(created)} isWarned={isWarned} onDone={close} />
      ) : (
        <InviteForm projectId={projectId} onCreated={setCreated} onCancel={close} />
      )}
    </Dialog>
  )
}

function linkOf({ secret }: NewInvitation): string {
  return `${location.origin}/invitation#${secret}`
}

type FormProps = {
  projectId: string
  onCreated: (invitation: NewInvitation) => void
  onCancel: () => void
}

function InviteForm({ projectId, onCreated, onCancel }: FormProps) {
  const queryClient = useQueryClient()
  const [role, setRole] = useState<Role>('editor')
  const [maxUses, setMaxUses] = useState(1)
  const [days, setDays] = useState(7)
  const create = useMutation({
    mutationFn: () =>
      createInvitation({
        projectId,
        role,
        maxUses,
        expiresAt: new Date(Date.now() + days * 86_400_000).toISOString(),
      }),
    meta: { shown: true },
    onSuccess: (invitation) => {
      void queryClient.invalidateQueries({ queryKey: invitationsQuery(projectId).queryKey })
      onCreated(invitation)
    },
  })
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        create.mutate()
      }}
    >
      <FormMessage>{create.error && explain(create.error)}</FormMessage>
      <Field label="Role">
        {(parts) => (
          <Select {...parts} value={role} onChange={(event) => setRole(event.target.value as Role)}>
            {Object.entries(roles).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <UsesField value={maxUses} onChange={setMaxUses} />
      <Field label="Expires">
        {(parts) => (
          <Select {...parts} value={days} onChange={(event) => setDays(Number(event.target.value))}>
            <option value={1}>in a day</option>
            <option value={7}>in a week</option>
            <option value={30}>in 30 days</option>
            <option value={365}>in a year</option>
          </Select>
        )}
      </Field>
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="primary" disabled={create.isPending}>
          Create link
        </Button>
      </div>
    </form>
  )
}
