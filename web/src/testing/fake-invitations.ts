import type { InvitationView, Role } from '../api/types'
import { type Call, page, Refused, type Route, required } from './fake-call.ts'
import type { FakeInvitation, FakeStore } from './fake-store.ts'

function viewOf({
  createdBy: _,
  usedBy: __,
  secret: ___,
  ...view
}: FakeInvitation): InvitationView {
  return view
}

const ended = () =>
  new Refused(
    409,
    'invitation-ended',
    'This invitation has ended. Ask for another one where you got it.',
  )

/** An invitation that can be used, by its secret. */
export function liveInvitation(tarn: FakeStore, secret: unknown): FakeInvitation {
  const found = required(tarn.invitations.find((one) => one.secret === secret))
  if (found.revokedAt !== null || found.uses >= found.maxUses) throw ended()
  return found
}

/** Counts a user, once. */
export function countUse(invitation: FakeInvitation, userId: string) {
  if (invitation.usedBy.includes(userId)) return
  invitation.usedBy.push(userId)
  invitation.uses += 1
}

/** An invitation of a user to a project. */
export function addInvitation(
  tarn: FakeStore,
  draft: { createdBy: string; projectId: string | null; role?: Role; maxUses?: number },
): FakeInvitation {
  const invitation: FakeInvitation = {
    id: tarn.nextId(),
    createdBy: draft.createdBy,
    usedBy: [],
    projectId: draft.projectId,
    role: draft.projectId === null ? null : (draft.role ?? 'editor'),
    maxUses: draft.maxUses ?? 1,
    uses: 0,
    createdAt: new Date().toISOString(),
    expiresAt: new Date(Date.now() + 7 * 86_400_000).toISOString(),
    revokedAt: null,
    secret: `tarn_inv_${tarn.nextId()}`,
  }
  tarn.invitations.push(invitation)
  return invitation
}

function offer({ tarn, me, json }: Call) {
  const counted = tarn.invitations.find(
    (one) => one.secret === json.secret && one.usedBy.includes(me?.id ?? ''),
  )
  const { createdBy, projectId, role, expiresAt } = counted ?? liveInvitation(tarn, json.secret)
  return {
    body: {
      creatorName: tarn.users.find(({ id }) => id === createdBy)?.name ?? '',
      projectName: tarn.projects.find(({ id }) => id === projectId)?.name ?? null,
      role,
      expiresAt,
      registers: tarn.inviters === 'owners',
    },
  }
}

function accept({ tarn, me, json }: Call) {
  const invitation = required(tarn.invitations.find((one) => one.secret === json.secret))
  const { projectId, role } = invitation
  const members = tarn.projects.find(({ id }) => id === projectId)?.members
  if (!invitation.usedBy.includes(me.id)) countUse(liveInvitation(tarn, json.secret), me.id)
  if (!members?.some(({ userId }) => userId === me.id) && role) {
    members?.push({ userId: me.id, role, addedAt: new Date().toISOString() })
  }
  return { body: { projectId } }
}

export const invitationRoutes: Route[] = [
  {
    method: 'POST',
    path: '/api/invitations',
    run: ({ tarn, me, json }) => {
      const made = addInvitation(tarn, {
        createdBy: me.id,
        projectId: (json.projectId as string | undefined) ?? null,
        role: json.role as Role,
        maxUses: json.maxUses as number,
      })
      const { createdBy: _, usedBy: __, ...body } = made
      return { status: 201, body }
    },
  },
  {
    method: 'GET',
    path: '/api/invitations',
    run: ({ tarn, me, query }) => {
      const project = query.get('project')
      const mine = tarn.invitations.filter(
        ({ createdBy, projectId }) => createdBy === me.id && (!project || projectId === project),
      )
      return { body: page(mine.map(viewOf), query) }
    },
  },
  {
    method: 'DELETE',
    path: '/api/invitations/{id}',
    run: ({ tarn, path }) => {
      required(tarn.invitations.find(({ id }) => id === path.id)).revokedAt =
        new Date().toISOString()
      return {}
    },
  },
  { method: 'POST', path: '/api/invitations/offer', anonymous: true, run: offer },
  { method: 'POST', path: '/api/invitations/acceptance', run: accept },
]
