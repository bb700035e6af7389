import type { AccountView } from '../api/types'
import { type Call, invalid, page, Refused, type Route, required } from './fake-call.ts'
import type { FakeStore, FakeUser } from './fake-store.ts'

function viewOf(tarn: FakeStore, user: FakeUser): AccountView {
  const { id, name, email, administrator, closedAt, createdAt } = user
  const uses = tarn.sessions.filter(({ userId }) => userId === id).map((one) => one.lastUsedAt)
  return {
    id,
    name,
    email,
    administrator,
    closedAt,
    createdAt,
    lastSeenAt: uses.sort().at(-1) ?? null,
  }
}

/** The account that an administrator does something about. */
function accountFor({ tarn, me, path }: Call): FakeUser {
  requireAdministrator(me)
  return required(tarn.users.find(({ id }) => id === path.id))
}

function requireAdministrator(me: FakeUser) {
  if (!me.administrator) throw new Refused(403, 'forbidden', 'Only administrators may do this.')
}

function requireAnother(tarn: FakeStore, leaving: FakeUser) {
  const stays = (user: FakeUser) => user !== leaving && user.administrator && user.closedAt === null
  if (leaving.administrator && !tarn.users.some(stays))
    throw new Refused(
      409,
      'last-administrator',
      'This is the only administrator: make another one first.',
    )
}

export function endAll(tarn: FakeStore, user: FakeUser) {
  tarn.sessions = tarn.sessions.filter(({ userId }) => userId !== user.id)
}

function changeRole(call: Call, administrator: boolean) {
  const user = accountFor(call)
  if (!administrator) requireAnother(call.tarn, user)
  user.administrator = administrator
  endAll(call.tarn, user)
  return {}
}

function close(call: Call) {
  const user = accountFor(call)
  requireAnother(call.tarn, user)
  user.closedAt = new Date().toISOString()
  endAll(call.tarn, user)
  return {}
}

function createReset(call: Call) {
  const { tarn } = call
  const user = accountFor(call)
  const reset = { id: tarn.nextId(), userId: user.id, secret: `tarn_rst_${tarn.nextId()}` }
  tarn.resets = [...tarn.resets.filter(({ userId }) => userId !== user.id), reset]
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString()
  return { status: 201, body: { ...reset, expiresAt } }
}

function liveReset({ tarn, json }: Call) {
  const found = tarn.resets.find(({ secret }) => secret === json.secret)
  const user = tarn.users.find(({ id }) => id === found?.userId)
  if (!user)
    throw new Refused(
      409,
      'reset-ended',
      'This link was used before or is more than an hour old. Ask an administrator for another.',
    )
  return { found, user }
}

function previewReset(call: Call) {
  liveReset(call)
  return { body: { expiresAt: new Date(Date.now() + 3_600_000).toISOString() } }
}

function reset(call: Call) {
  const { tarn, json } = call
  const { found, user } = liveReset(call)
  if (json.password === 'password1234')
    throw invalid('/password', 'This password is too well known.', 'weak-password')
  user.password = String(json.password)
  tarn.resets = tarn.resets.filter((one) => one !== found)
  endAll(tarn, user)
  return {}
}

export const accountRoutes: Route[] = [
  {
    method: 'GET',
    path: '/api/users/accounts',
    run: ({ tarn, me, query }) => {
      requireAdministrator(me)
      const text = (query.get('text') ?? '').toLowerCase()
      const found = tarn.users.filter(({ name, email }) =>
        `${name} ${email}`.toLowerCase().includes(text),
      )
      found.sort((one, other) => one.name.localeCompare(other.name))
      return {
        body: page(
          found.map((user) => viewOf(tarn, user)),
          query,
        ),
      }
    },
  },
  {
    method: 'PUT',
    path: '/api/users/{id}/administrator',
    run: (call) => changeRole(call, true),
  },
  {
    method: 'DELETE',
    path: '/api/users/{id}/administrator',
    run: (call) => changeRole(call, false),
  },
  { method: 'PUT', path: '/api/users/{id}/closure', run: close },
  {
    method: 'DELETE',
    path: '/api/users/{id}/closure',
    run: (call) => {
      accountFor(call).closedAt = null
      return {}
    },
  },
  {
    method: 'DELETE',
    path: '/api/users/{id}/sessions',
    run: (call) => {
      endAll(call.tarn, accountFor(call))
      return {}
    },
  },
  {
    method: 'GET',
    path: '/api/security-events',
    run: ({ tarn, me, query }) => {
      const user = query.get('user') ?? (me.administrator ? null : me.id)
      const seen = tarn.securityEvents.filter(({ userId }) => user === null || userId === user)
      return { body: page(seen.reverse(), query) }
    },
  },
  { method: 'POST', path: '/api/users/{id}/password-reset', run: createReset },
  { method: 'POST', path: '/api/password-resets', anonymous: true, run: reset },
  { method: 'POST', path: '/api/password-resets/preview', anonymous: true, run: previewReset },
]
