import { screen, waitFor } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { addInvitation } from '@/testing/fake-invitations'
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

  it('says that it has ended', async () => {
    const { tarn, ada, invitation } = invited()
    invitation.revokedAt = new Date().toISOString()
    startApp(tarn, '/invitation', ada)

    expect(await screen.findByText(/This invitation has ended/)).toBeVisible()
  })

  it('says that a link is not complete', async () => {
    const { tarn, ada } = tarnWithProject()
    startApp(tarn, '/invitation', ada)

    expect(await screen.findByText(/not complete/)).toBeVisible()
  })
})
