import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { notSignedIn } from './api-problem'
import { call, newKey } from './client'
import type { BodyOf } from './operation'
import { tellTabs } from './shown-account'
import type { User, UserPage } from './types'

/** Who is signed in. Asked in a way that is no error when nobody is: browsers show those in red. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ signal }) => {
    const { user } = await call('GET', '/api/sessions/current', { signal })
    if (!user) throw notSignedIn()
    return user
  },
  staleTime: 5 * 60_000,
})

export const registrationQuery = queryOptions({
  queryKey: ['registration'],
  queryFn: ({ signal }) => call('GET', '/api/registration', { signal }),
})

export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: ({ signal }) => call('GET', '/api/sessions', { query: { limit: 100 }, signal }),
})

export const tokensQuery = queryOptions({
  queryKey: ['tokens'],
  queryFn: ({ signal }) => call('GET', '/api/tokens', { query: { limit: 100 }, signal }),
})

/** The names of people known by id only. */
export const namesQuery = (ids: readonly string[]) => {
  const sorted = [...new Set(ids)].sort()
  return queryOptions({
    queryKey: ['users', 'names', sorted],
    queryFn: async ({ signal }) => {
      const pages = await Promise.all(
        chunks(sorted, 50).map((id) =>
          call('GET', '/api/users', { query: { id, limit: 100 }, signal }),
        ),
      )
      return pages.flatMap((page) => page.items)
    },
    enabled: sorted.length > 0,
    staleTime: 5 * 60_000,
  })
}

/** Who changed something last, for {@link changedLine}. */
export async function changerOf(client: QueryClient, updatedBy: string | null) {
  if (updatedBy === null) return { isMe: false, name: null }
  const isMe = updatedBy === client.getQueryData(meQuery.queryKey)?.id
  const names = isMe ? [] : await client.fetchQuery(namesQuery([updatedBy])).catch(() => [])
  return { isMe, name: names[0]?.name ?? null }
}

const maxOffered = 8

/**
 * Users with this name who are no members of the project, and those who are; closed accounts are left out.
 * Pages are read until there are enough who are no members: a page may hold members alone.
 */
export const directoryQuery = (text: string, members: string[]) =>
  queryOptions({
    queryKey: ['users', 'directory', text, members.toSorted()],
    queryFn: async ({ signal }) => {
      const matchingMembers: User[] = []
      const found: User[] = []
      let cursor: string | null = null
      do {
        const query = { text, closed: false, limit: 100, cursor }
        const part: UserPage = await call('GET', '/api/users', { query, signal })
        for (const user of part.items) {
          const list = members.includes(user.id) ? matchingMembers : found
          list.push(user)
        }
        cursor = part.nextCursor
      } while (cursor !== null && found.length < maxOffered)
      return { found: found.slice(0, maxOffered), members: matchingMembers.slice(0, maxOffered) }
    },
    enabled: text.length >= 2,
  })

export const signIn = (credentials: BodyOf<'POST', '/api/sessions'>) =>
  tellingTabs(call('POST', '/api/sessions', { body: credentials }))

export const signOut = () => tellingTabs(call('DELETE', '/api/sessions/current'))

export const register = (draft: BodyOf<'POST', '/api/users'>) =>
  call('POST', '/api/users', { body: draft })

export const changeRegistration = (draft: BodyOf<'PUT', '/api/registration'>) =>
  call('PUT', '/api/registration', { body: draft })

export const readMe = () => call('GET', '/api/users/me')

export const changeMe = (change: BodyOf<'PATCH', '/api/users/me'>, version: number) =>
  call('PATCH', '/api/users/me', { body: change, version })

export const changePassword = (body: BodyOf<'PUT', '/api/users/me/password'>) =>
  call('PUT', '/api/users/me/password', { body })

export const changeEmail = (body: BodyOf<'PUT', '/api/users/me/email'>) =>
  call('PUT', '/api/users/me/email', { body })

export const deleteMe = (password: string) =>
  tellingTabs(call('POST', '/api/users/me/deletion', { body: { password } }))

export const endSession = (id: string) => call('DELETE', '/api/sessions/{id}', { path: { id } })

export const createToken = (draft: BodyOf<'POST', '/api/tokens'>) =>
  call('POST', '/api/tokens', { body: draft, key: newKey() })

export const revokeToken = (id: string) => call('DELETE', '/api/tokens/{id}', { path: { id } })

async function tellingTabs<T>(change: Promise<T>): Promise<T> {
  const answer = await change
  tellTabs()
  return answer
}

function chunks<T>(items: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )
}
