import { screen, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { SecurityEvent } from '@/api/types'
import { addUser } from '@/testing/fake-users'
import { password, startApp, tarnWithAda } from '@/testing/start-app'

function log() {
  const { tarn, ada } = tarnWithAda()
  const noor = addUser(tarn, { name: 'Noor Haddad', email: 'noor@example.org', password })
  const add = (event: Partial<SecurityEvent>) =>
    tarn.securityEvents.push({
      id: tarn.nextId(),
      kind: 'sign-in-failed',
      occurredAt: new Date().toISOString(),
      userId: noor.id,
      userName: noor.name,
      actorId: null,
      actorName: null,
      address: '192.0.2.44',
      reason: 'wrong-password',
      count: 1,
      ...event,
    })
  add({ count: 12 })
  add({ kind: 'account-closed', reason: null, actorId: ada.id, actorName: ada.name })
  add({ userId: null, userName: null, reason: 'unknown-account' })
  add({
    kind: 'registration-changed',
    userId: null,
    userName: null,
    actorId: ada.id,
    actorName: ada.name,
    reason: 'closed-administrators',
  })
  return { tarn, ada, noor }
}

describe('the security log', () => {
  it('shows everything to an administrator', async () => {
    const { tarn, ada } = log()
    startApp(tarn, '/security', ada)

    const list = within(await screen.findByRole('list', { name: 'Security events' }))
    const lines = list.getAllByRole('listitem').map(({ textContent }) => textContent)
    expect(lines).toHaveLength(4)
    expect(lines.join('\n')).toMatch(
      /wrong password \(12 times\).*Noor Haddad · from 192\.0\.2\.44/,
    )
    expect(lines.join('\n')).toMatch(/Account closed.*Noor Haddad · by Ada Brandt/)
    expect(lines.join('\n')).toMatch(
      /Registration set to closed, and only administrators may invite.*by Ada Brandt/,
    )
  })

  it('shows a user what is about the own account, reached from its settings', async () => {
    const { tarn, noor } = log()
    const { user } = startApp(tarn, '/account', noor)

    await user.click(await screen.findByRole('link', { name: 'Security log' }))

    const list = within(await screen.findByRole('list', { name: 'Security events' }))
    expect(list.getAllByRole('listitem')).toHaveLength(2)
    expect(list.queryByText(/does not exist/)).toBeNull()
  })

  it('is no page of the whole Tarn for others', async () => {
    const { tarn, noor } = log()
    startApp(tarn, '/security', noor)

    expect(await screen.findByText('For administrators')).toBeVisible()
  })
})
