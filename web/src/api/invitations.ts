import { queryOptions } from '@tanstack/react-query'
import { call, newKey } from './client'
import type { BodyOf } from './operation'

/** One's own invitations to a project. */
export const invitationsQuery = (projectId: string) =>
  queryOptions({
    queryKey: ['invitations', projectId],
    queryFn: ({ signal }) =>
      call('GET', '/api/invitations', { query: { project: projectId, limit: 100 }, signal }),
  })

/** What the invitation with this secret offers; not asked without one. */
export const invitationOfferQuery = (secret: string | null) =>
  queryOptions({
    queryKey: ['invitations', 'offer', secret],
    queryFn: ({ signal }) =>
      call('POST', '/api/invitations/offer', { body: { secret: secret ?? '' }, signal }),
    enabled: secret !== null,
    retry: false,
  })

export const createInvitation = (draft: BodyOf<'POST', '/api/invitations'>) =>
  call('POST', '/api/invitations', { body: draft, key: newKey() })

export const revokeInvitation = (id: string) =>
  call('DELETE', '/api/invitations/{id}', { path: { id } })

export const acceptInvitation = (secret: string) =>
  call('POST', '/api/invitations/acceptance', { body: { secret } })
