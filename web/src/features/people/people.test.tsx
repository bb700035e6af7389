import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { addUser, openSession } from '@/testing/fake-users'
import { findNotice, password, startApp, tarnWithAda } from '@/testing/start-app'

function people() {
  const { tarn, ada } = tarnWithAda()
  const noor = addUser(tarn, { name: 'Noor Haddad', email: 'noor@example.org', password })
  return { tarn, ada, noor }
}

type App = ReturnType<typeof startApp>

async function choose({ user }: App, name: string, entry: string) {
  await user.click(await screen.findByRole('button', { name: `Actions for ${name}` }))
  await user.click(await screen.findByRole('menuitem', { name: entry }))
}

async function confirm({ user }: App, action: string) {
  await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: action }))
}

describe('people', () => {
  it('are found by name and by e-mail', async () => {
    const { tarn, ada, noor } = people()
    openSession(tarn, noor)
    const { user } = startApp(tarn, '/people', ada)
    const list = await screen.findByRole('list', { name: 'Accounts' })
    expect(within(list).getAllByRole('listitem')).toHaveLength(2)
    expect(screen.getAllByText(/last seen just now/)).toHaveLength(2)

    await user.type(screen.getByRole('searchbox', { name: 'Search people' }), 'noor@')

    await waitFor(() => expect(screen.getAllByText(/last seen just now/)).toHaveLength(1))
    expect(screen.getByText(/noor@example\.org/)).toBeVisible()
    await user.type(screen.getByRole('searchbox', { name: 'Search people' }), 'x')
    expect(await screen.findByText('No user has that name')).toBeVisible()
  })

  it('get a link for a new password, which is shown once', async () => {
    const { tarn, ada } = people()
    const app = startApp(tarn, '/people', ada)

    await choose(app, 'Noor Haddad', 'Link for a new password')
    await confirm(app, 'Create link')

    expect(await screen.findByLabelText('The link')).toHaveDisplayValue(/\/reset#tarn_rst_/)
    await confirm(app, 'I have copied it')
    await choose(app, 'Noor Haddad', 'Link for a new password')
    expect(screen.queryByLabelText('The link')).toBeNull()
  })

  it('are made and unmade administrators, but never the last', async () => {
    const { tarn, ada, noor } = people()
    const app = startApp(tarn, '/people', ada)

    await choose(app, 'Noor Haddad', 'Make administrator')
    await confirm(app, 'Make administrator')
    await findNotice(/Noor Haddad is an administrator/)
    await waitFor(() => expect(screen.getAllByText('Administrator')).toHaveLength(2))
    await choose(app, 'Noor Haddad', 'Remove administrator role')
    await confirm(app, 'Remove role')
    await waitFor(() => expect(noor.administrator).toBe(false))
    await choose(app, 'Ada Brandt', 'Remove administrator role')
    await confirm(app, 'Remove role')

    await findNotice(/This is the only administrator/)
    expect(ada.administrator).toBe(true)
  })

  it('are closed and reopened', async () => {
    const { tarn, ada, noor } = people()
    openSession(tarn, noor)
    const app = startApp(tarn, '/people', ada)

    await choose(app, 'Noor Haddad', 'Close account')
    await confirm(app, 'Close account')

    expect(await screen.findByText('Closed')).toBeVisible()
    expect(tarn.sessions.some(({ userId }) => userId === noor.id)).toBe(false)
    await choose(app, 'Noor Haddad', 'Reopen account')
    await findNotice(/The account of Noor Haddad is open again/)
    expect(noor.closedAt).toBeNull()
  })

  it('lose their sessions after a question', async () => {
    const { tarn, ada, noor } = people()
    openSession(tarn, noor)
    const app = startApp(tarn, '/people', ada)

    await choose(app, 'Noor Haddad', 'End all sessions')
    expect(tarn.sessions.some(({ userId }) => userId === noor.id)).toBe(true)
    await confirm(app, 'End sessions')

    await waitFor(() => expect(tarn.sessions.some(({ userId }) => userId === noor.id)).toBe(false))
  })

  it('are invited by a link', async () => {
    const { tarn, ada } = people()
    const app = startApp(tarn, '/people', ada)

    await app.user.click(await screen.findByRole('button', { name: 'Invite' }))
    await confirm(app, 'Create link')

    expect(await screen.findByLabelText('The link')).toHaveDisplayValue(/\/invitation#tarn_inv_/)
  })

  it('are for administrators alone', async () => {
    const { tarn, noor } = people()
    startApp(tarn, '/people', noor)

    expect(await screen.findByText('For administrators')).toBeVisible()
    expect(screen.queryByRole('link', { name: 'People' })).toBeNull()
  })
})
