import { queryOptions } from '@tanstack/react-query'
import { call } from './client'
import type {
  Me,
  NewToken,
  Page,
  Registration,
  SessionView,
  TokenScope,
  TokenView,
  User,
} from './types'

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => call<Me>('GET', '/api/users/me', { signal }),
  staleTime: 5 * 60_000,
})

export const registrationQuery = queryOptions({
  queryKey: ['registration'],
  queryFn: ({ signal }) => call<Registration>('GET', '/api/registration', { signal }),
})

export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: ({ signal }) =>
    call<Page<SessionView>>('GET', '/api/sessions', { query: { limit: 100 }, signal }),
})

export const tokensQuery = queryOptions({
  queryKey: ['tokens'],
  queryFn: ({ signal }) =>
    call<Page<TokenView>>('GET', '/api/tokens', { query: { limit: 100 }, signal }),
})

/** The names of people known by id only. */
export const namesQuery = (ids: readonly string[]) => {
  const sorted = [...new Set(ids)].sort()
  return queryOptions({
    queryKey: ['users', 'names', sorted],
    queryFn: async ({ signal }) => {
      const pages = await Promise.all(
        chunks(sorted, 50).map((id) =>
          call<Page<User>>('GET', '/api/users', { query: { id, limit: 100 }, signal }),
        ),
      )
      return pages.flatMap((page) => page.items)
    },
    enabled: sorted.length > 0,
    staleTime: 5 * 60_000,
  })
}

export const directoryQuery = (text: string) =>
  queryOptions({
    queryKey: ['users', 'directory', text],
    queryFn: ({ signal }) =>
      call<Page<User>>('GET', '/api/users', { query: { text, limit: 8 }, signal }),
    enabled: text.length >= 2,
  })

export const signIn = (credentials: { email: string; password: string }) =>
  call<{ user: Me }>('POST', '/api/sessions', { body: credentials })

export const signOut = () => call<void>('DELETE', '/api/sessions/current')

export const register = (draft: {
  name: string
  email: string
  password: string
  setupToken?: string
}) => call<Me>('POST', '/api/users', { body: draft })

export const changeRegistration = (open: boolean) =>
  call<Registration>('PUT', '/api/registration', { body: { open } })

export const changeMe = (change: { name?: string; timeZone?: string }, version: number) =>
  call<Me>('PATCH', '/api/users/me', { body: change, version })

export const changePassword = (body: {
  currentPassword: string
  newPassword: string
  endTokens?: boolean
}) => call<void>('PUT', '/api/users/me/password', { body })

export const deleteMe = (password: string) =>
  call<void>('POST', '/api/users/me/deletion', { body: { password } })

export const endSession = (id: string) =>
  call<void>('DELETE', '/api/sessions/{id}', { path: { id } })

export const createToken = (draft: {
  name: string
  scopes: TokenScope[]
  expiresAt?: string
  password?: string
}) => call<NewToken>('POST', '/api/tokens', { body: draft })

export const revokeToken = (id: string) =>
  call<void>('DELETE', '/api/tokens/{id}', { path: { id } })

function chunks<T>(items: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )
}
