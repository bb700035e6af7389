import { act, screen, waitFor } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { addInvitation } from '@/testing/fake-invitations'
import { addProject } from '@/testing/fake-projects'
import { addUser } from '@/testing/fake-users'
import { password, startApp, tarnWithProject } from '@/testing/start-app'
import { forgetInvitation, keepInvitation } from './kept-invitation'

function invited(more: { maxUses?: number } = {}) {
  const all = tarnWithProject()
  const { tarn, ada, project } = all
  const invitation = addInvitation(tarn, { createdBy: ada.id, projectId: project.id, ...more })
  keepInvitation(invitation.secret)
  return { ...all, invitation, home: `/projects/${project.id}` }
}

afterEach(forgetInvitation)

describe('an invitation', () => {
  it('makes a member of a user who is signed in', async () => {
    const { tarn, project, home } = invited()
    const noor = addUser(tarn, { name: 'Noor Haddad', email: 'noor@example.org', password })
    const { user, url } = startApp(tarn, '/invitation', noor)

    expect(await screen.findByText(project.name)).toBeVisible()
    await user.click(await screen.findByRole('button', { name: 'Accept as Noor Haddad' }))

    await waitFor(() => expect(url()).toBe(home))
    expect(project.members.map(({ userId }) => userId)).toContain(noor.id)
    expect(sessionStorage.getItem('tarn.invitation')).toBeNull()
  })

  it('lets in a user without an account, also while registration is closed', async () => {
    const { tarn, project, home } = invited()
    tarn.registrationOpen = false
    const { user, url } = startApp(tarn, '/invitation')

    await user.click(await screen.findByRole('link', { name: 'Create an account' }))
    await user.type(await screen.findByLabelText('Name'), 'Mei Tanaka')
    await user.type(screen.getByLabelText('E-mail'), 'mei@example.org')
    await user.type(screen.getByLabelText('Password'), password)
    await user.click(screen.getByRole('button', { name: 'Create account' }))
    await user.click(await screen.findByRole('button', { name: 'Accept as Mei Tanaka' }))

    await waitFor(() => expect(url()).toBe(home))
    expect(project.members).toHaveLength(2)
  })

  it('is for users with an account where its creator may not invite others', async () => {
    const { tarn } = invited()
    tarn.inviters = 'administrators'
    startApp(tarn, '/invitation')

    expect(await screen.findByText(/for users who have an account/)).toBeVisible()
    expect(screen.queryByRole('link', { name: 'Create an account' })).toBeNull()
  })

  it('is accepted once, however often the button is pressed', async () => {
    const { tarn, home } = invited()
    const noor = addUser(tarn, { name: 'Noor Haddad', email: 'noor@example.org', password })
    const { url, sent } = startApp(tarn, '/invitation', noor)
    const accept = await screen.findByRole('button', { name: 'Accept as Noor Haddad' })

    act(() => {
      accept.click()
      accept.click()
    })

    await waitFor(() => expect(url()).toBe(home))
    expect(sent('POST', /acceptance/)).toHaveLength(1)
  })

  it('can be accepted with another account', async () => {
    const { tarn, ada, project, home } = invited()
    addProject(tarn, ada, 'Secret plans')
    const noor = addUser(tarn, { name: 'Noor Haddad', email: 'noor@example.org', password })
    const { user, url } = startApp(tarn, '/invitation', ada)

    await user.click(await screen.findByRole('button', { name: 'Use another account' }))
    await user.click(await screen.findByRole('link', { name: 'Sign in' }))
    await user.type(await screen.findByLabelText('E-mail'), 'noor@example.org')
    await user.type(screen.getByLabelText('Password'), password)
    await user.click(screen.getByRole('button', { name: 'Sign in' }))
    await user.click(await screen.findByRole('button', { name: 'Accept as Noor Haddad' }))

    await waitFor(() => expect(url()).toBe(home))
    expect(project.members.map(({ userId }) => userId)).toContain(noor.id)
  })

  it('can be left without accepting it', async () => {
    const { tarn, ada } = invited()
    const { user, url, sent } = startApp(tarn, '/invitation', ada)

    await user.click(await screen.findByRole('link', { name: 'Not now' }))

    await waitFor(() => expect(url()).toBe('/projects'))
    expect(sent('POST', /acceptance/)).toEqual([])
  })

  it('shows no empty form to whoever goes back after registering', async () => {
    const { tarn } = invited()
    const { app, user, url } = startApp(tarn, '/invitation')
    await user.click(await screen.findByRole('link', { name: 'Create an account' }))
    await user.type(await screen.findByLabelText('Name'), 'Mei Tanaka')
    await user.type(screen.getByLabelText('E-mail'), 'mei@example.org')
    await user.type(screen.getByLabelText('Password'), password)
    await user.click(screen.getByRole('button', { name: 'Create account' }))
    await screen.findByRole('button', { name: 'Accept as Mei Tanaka' })

    act(() => app.router.history.back())

    expect(await screen.findByRole('button', { name: 'Accept as Mei Tanaka' })).toBeVisible()
    expect(url()).toBe('/invitation')
  })

  it('says that it has ended, and leads on', async () => {
    const { tarn, ada, invitation } = invited()
    invitation.revokedAt = new Date().toISOString()
    const { user, url } = startApp(tarn, '/invitation', ada)

    expect(await screen.findByText(/This invitation has ended/)).toBeVisible()
    await user.click(screen.getByRole('link', { name: 'Go to Tarn' }))
    await waitFor(() => expect(url()).toBe('/projects'))
  })

  it('says that a link is not complete', async () => {
    const { tarn, ada } = tarnWithProject()
    startApp(tarn, '/invitation', ada)

    expect(await screen.findByText(/not complete/)).toBeVisible()
  })
})
