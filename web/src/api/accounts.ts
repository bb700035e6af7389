import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { call, newKey } from './client'
import type { BodyOf } from './operation'
import { tellTabs } from './shown-account'

export const accountsKey = ['accounts'] as const

/** All accounts, for administrators. */
export const accountsQuery = (text = '') =>
  infiniteQueryOptions({
    queryKey: [...accountsKey, text],
    queryFn: ({ pageParam, signal }) =>
      call('GET', '/api/users/accounts', {
        query: { text: text || undefined, limit: 50, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })

export const makeAdministrator = (id: string) =>
  call('PUT', '/api/users/{id}/administrator', { path: { id } })

export const unmakeAdministrator = (id: string) =>
  call('DELETE', '/api/users/{id}/administrator', { path: { id } })

export const closeAccount = (id: string) => call('PUT', '/api/users/{id}/closure', { path: { id } })

export const reopenAccount = (id: string) =>
  call('DELETE', '/api/users/{id}/closure', { path: { id } })

export const endSessionsOf = (id: string) =>
  call('DELETE', '/api/users/{id}/sessions', { path: { id } })

export const createPasswordReset = (id: string) =>
  call('POST', '/api/users/{id}/password-reset', { path: { id }, key: newKey() })

/** Whether the reset link with this secret can still be used; not asked without one. */
export const passwordResetQuery = (secret: string) =>
  queryOptions({
    queryKey: ['password-reset', secret],
    queryFn: ({ signal }) =>
      call('POST', '/api/password-resets/preview', { body: { secret }, signal }),
    enabled: secret !== '',
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  })

/** Ends the sessions of that account: it may be the one of other tabs. */
export async function resetPassword(body: BodyOf<'POST', '/api/password-resets'>) {
  await call('POST', '/api/password-resets', { body })
  tellTabs()
}
