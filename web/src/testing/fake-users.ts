import type { Me, NewToken, Registration, TokenScope, TokenView } from '../api/types'
import {
  type Call,
  checkVersion,
  invalid,
  page,
  Refused,
  type Route,
  required,
} from './fake-call.ts'
import { countUse, liveInvitation } from './fake-invitations.ts'
import type { FakeSession, FakeStore, FakeUser } from './fake-store.ts'

export function meOf({ password: _, closedAt: __, ...me }: FakeUser): Me {
  return me
}

export function addUser(
  tarn: FakeStore,
  draft: { name: string; email: string; password: string; timeZone?: string },
) {
  const user: FakeUser = {
    id: tarn.nextId(),
    timeZone: 'UTC',
    ...draft,
    administrator: tarn.users.length === 0,
    closedAt: null,
    createdAt: new Date().toISOString(),
    updatedAt: new Date().toISOString(),
    version: 1,
  }
  tarn.users.push(user)
  return user
}

export function openSession(tarn: FakeStore, user: FakeUser, userAgent = 'Firefox on Linux') {
  const now = new Date().toISOString()
  const session: FakeSession = {
    id: tarn.nextId(),
    userId: user.id,
    createdAt: now,
    lastUsedAt: now,
    userAgent,
    address: '192.0.2.7',
    current: false,
  }
  tarn.sessions.push(session)
  return session
}

function sessionView({ userId: _, ...session }: FakeSession, current: FakeSession) {
  return { ...session, current: session.id === current.id }
}

const cookie = (value: string, seconds: number) => ({
  'Set-Cookie': `tarn_session=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}`,
})

function register({ tarn, json }: Call) {
  const { invitation: secret, ...draft } = json as {
    name: string
    email: string
    password: string
    timeZone?: string
    invitation?: string
  }
  const { email, password } = draft
  const invitation = secret === undefined ? null : liveInvitation(tarn, secret)
  if (!tarn.registrationOpen && tarn.users.length > 0 && !invitation)
    throw new Refused(403, 'registration-closed', 'Registration is closed. Ask an administrator.')
  if (tarn.users.some((user) => user.email === email.toLowerCase()))
    throw invalid('/email', 'This e-mail address is taken.', 'email-taken', 409)
  if (password === 'password1234')
    throw invalid('/password', 'This password is too well known.', 'weak-password')
  const user = addUser(tarn, { ...draft, email: email.toLowerCase() })
  if (invitation) countUse(invitation, user.id)
  return { status: 201, body: meOf(user) }
}

function signIn({ tarn, json, headers }: Call) {
  const user = tarn.users.find((one) => one.email === String(json.email).toLowerCase())
  if (!user || user.password !== json.password)
    throw new Refused(401, 'wrong-credentials', 'E-mail address or password are wrong.')
  if (user.closedAt)
    throw new Refused(403, 'account-closed', 'This account is closed. Ask an administrator.')
  const session = openSession(tarn, user, headers['user-agent'])
  return {
    status: 201,
    body: { session: sessionView(session, session), user: meOf(user) },
    headers: cookie(session.id, 86_400),
  }
}

/** Whether a user finds another by name: by id all are found, who may have left a project. */
function finds(tarn: FakeStore, me: FakeUser, id: string): boolean {
  const shares = tarn.projects.some(({ members }) =>
    [me.id, id].every((one) => members.some(({ userId }) => userId === one)),
  )
  const invited = tarn.invitations.some(
    ({ createdBy, usedBy }) => createdBy === me.id && usedBy.includes(id),
  )
  return me.administrator || me.id === id || shares || invited
}

function changeMe(call: Call) {
  const { me, json } = call
  if (typeof json.name === 'string' && json.name.trim() === '')
    throw invalid('/name', 'A name needs at least one letter.')
  checkVersion(call, me.version)
  Object.assign(me, json, { version: me.version + 1, updatedAt: new Date().toISOString() })
  return { body: meOf(me) }
}

function changePassword({ tarn, me, json, session }: Call) {
  if (json.currentPassword !== me.password)
    throw invalid('/currentPassword', 'This is not your password.', 'wrong-password')
  me.password = String(json.newPassword)
  tarn.sessions = tarn.sessions.filter((one) => one.userId !== me.id || one.id === session.id)
  return {}
}

function changeEmail({ tarn, me, json }: Call) {
  if (json.password !== me.password)
    throw invalid('/password', 'This is not your password.', 'wrong-password')
  const email = String(json.email).toLowerCase()
  if (tarn.users.some((user) => user !== me && user.email === email))
    throw invalid('/email', 'This e-mail address is taken.', 'email-taken', 409)
  Object.assign(me, { email, version: me.version + 1 })
  return { body: meOf(me) }
}

function deleteMe({ tarn, me, json }: Call) {
  if (json.password !== me.password)
    throw invalid('/password', 'This is not your password.', 'wrong-password')
  tarn.users = tarn.users.filter((user) => user !== me)
  return { headers: cookie('', 0) }
}

function endSession(tarn: FakeStore, id: string) {
  tarn.sessions = tarn.sessions.filter((one) => one.id !== id)
}

function createToken({ tarn, me, json }: Call) {
  const token: TokenView & { userId: string } = {
    id: tarn.nextId(),
    userId: me.id,
    name: String(json.name),
    scopes: json.scopes as TokenScope[],
    prefix: 'tarn_pat_q7d2',
    createdAt: new Date().toISOString(),
    expiresAt: (json.expiresAt as string | undefined) ?? null,
    lastUsedAt: null,
  }
  tarn.tokens.push(token)
  const { userId: _, ...view } = token
  const body: NewToken = { ...view, secret: `tarn_pat_q7d2${'x'.repeat(28)}` }
  return { status: 201, body }
}

export const userRoutes: Route[] = [
  {
    method: 'GET',
    path: '/api/registration',
    anonymous: true,
    run: ({ tarn }) => ({
      body: {
        open: tarn.registrationOpen,
        firstUser: tarn.users.length === 0,
        invitations: tarn.inviters,
      },
    }),
  },
  {
    method: 'PUT',
    path: '/api/registration',
    run: ({ tarn, json }) => {
      tarn.registrationOpen = json.open === true
      tarn.inviters =
        (json.invitations as Registration['invitations'] | undefined) ??
        (tarn.registrationOpen ? 'owners' : 'administrators')
      return {
        body: {
          open: tarn.registrationOpen,
          firstUser: false,
          invitations: tarn.inviters,
        },
      }
    },
  },
  { method: 'POST', path: '/api/users', anonymous: true, run: register },
  {
    method: 'GET',
    path: '/api/users',
    run: ({ tarn, me, query }) => {
      const ids = query.getAll('id')
      const text = (query.get('text') ?? '').toLowerCase()
      const found = tarn.users.filter(
        ({ id, name, email, closedAt }) =>
          (ids.length === 0 ? finds(tarn, me, id) : ids.includes(id)) &&
          (query.get('closed') ?? String(closedAt !== null)) === String(closedAt !== null) &&
          (name.toLowerCase().includes(text) || email === text),
      )
      return {
        body: page(
          found.map(({ id, name, closedAt }) => ({ id, name, closed: closedAt !== null })),
          query,
        ),
      }
    },
  },
  { method: 'GET', path: '/api/users/me', run: ({ me }) => ({ body: meOf(me) }) },
  { method: 'PATCH', path: '/api/users/me', run: changeMe },
  { method: 'PUT', path: '/api/users/me/password', run: changePassword },
  { method: 'PUT', path: '/api/users/me/email', run: changeEmail },
  { method: 'POST', path: '/api/users/me/deletion', run: deleteMe },
  { method: 'POST', path: '/api/sessions', anonymous: true, run: signIn },
  {
    method: 'GET',
    path: '/api/sessions',
    run: ({ tarn, me, session, query }) => {
      const mine = tarn.sessions.filter((one) => one.userId === me.id)
      return {
        body: page(
          mine.map((one) => sessionView(one, session)),
          query,
        ),
      }
    },
  },
  {
    method: 'GET',
    path: '/api/sessions/current',
    anonymous: true,
    run: ({ me }) => ({ body: { user: me ? meOf(me) : null } }),
  },
  {
    method: 'DELETE',
    path: '/api/sessions/current',
    run: ({ tarn, session }) => {
      endSession(tarn, session.id)
      return { headers: cookie('', 0) }
    },
  },
  {
    method: 'DELETE',
    path: '/api/sessions/{id}',
    run: ({ tarn, path }) => {
      endSession(tarn, path.id ?? '')
      return {}
    },
  },
  { method: 'POST', path: '/api/tokens', run: createToken },
  {
    method: 'GET',
    path: '/api/tokens',
    run: ({ tarn, me, query }) => {
      const mine = tarn.tokens.filter((token) => token.userId === me.id)
      return {
        body: page(
          mine.map(({ userId: _, ...view }) => view),
          query,
        ),
      }
    },
  },
  {
    method: 'DELETE',
    path: '/api/tokens/{id}',
    run: ({ tarn, path }) => {
      required(tarn.tokens.find(({ id }) => id === path.id))
      tarn.tokens = tarn.tokens.filter(({ id }) => id !== path.id)
      return {}
    },
  },
]
