import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { Refused } from '@/testing/fake-call'
import { addUser, openSession } from '@/testing/fake-users'
import { findNotice, password, startApp, tarnWithAda } from '@/testing/start-app'
import { deviceOf } from './device'

describe('the profile', () => {
  it('is changed', async () => {
    const { tarn, ada } = tarnWithAda()
    const { user } = startApp(tarn, '/account', ada)

    await user.type(await screen.findByLabelText('Name'), ' Lind')
    await user.selectOptions(screen.getByLabelText('Time zone'), 'Europe/Berlin')
    await user.click(screen.getByRole('button', { name: 'Save profile' }))

    await findNotice(/Your profile is saved/)
    expect(ada).toMatchObject({ name: 'Ada Brandt Lind', timeZone: 'Europe/Berlin' })
  })

  it('tells of a change in another window', async () => {
    const { tarn, ada } = tarnWithAda()
    const { user } = startApp(tarn, '/account', ada)

    await user.type(await screen.findByLabelText('Name'), '!')
    Object.assign(ada, { name: 'Ada Lind', timeZone: 'Asia/Tokyo', version: 2 })
    await user.click(screen.getByRole('button', { name: 'Save profile' }))

    expect(await screen.findByRole('alert')).toHaveTextContent(
      /^You changed the same at .*, in another window\. You are now called “Ada Lind”/,
    )
    expect(screen.getByLabelText('Name')).toHaveValue('Ada Brandt!')
    await user.click(screen.getByRole('button', { name: 'Save profile' }))
    await waitFor(() => expect(ada).toMatchObject({ name: 'Ada Brandt!', timeZone: 'Asia/Tokyo' }))
  })

  it('is no conflict with another field changed in another window', async () => {
    const { tarn, ada } = tarnWithAda()
    const { user } = startApp(tarn, '/account', ada)

    await user.type(await screen.findByLabelText('Name'), '!')
    Object.assign(ada, { timeZone: 'Asia/Tokyo', version: 2 })
    await user.click(screen.getByRole('button', { name: 'Save profile' }))

    await findNotice(/Your profile is saved/)
    expect(ada).toMatchObject({ name: 'Ada Brandt!', timeZone: 'Asia/Tokyo' })
  })
})

describe('the e-mail address', () => {
  it('is changed with the password', async () => {
    const { tarn, ada } = tarnWithAda()
    addUser(tarn, { name: 'Noor', email: 'noor@example.org', password })
    const { user } = startApp(tarn, '/account', ada)

    await user.type(await screen.findByLabelText('New e-mail address'), 'noor@example.org')
    await user.type(screen.getByLabelText('Your password'), password)
    await user.click(screen.getByRole('button', { name: 'Change e-mail address' }))
    expect(await screen.findByText('This e-mail address is taken.')).toBeVisible()
    await user.clear(screen.getByLabelText('New e-mail address'))
    await user.type(screen.getByLabelText('New e-mail address'), 'ada@lind.example')
    await user.click(screen.getByRole('button', { name: 'Change e-mail address' }))

    await findNotice(/Your e-mail address is changed/)
    expect(ada.email).toBe('ada@lind.example')
    expect(screen.getByText('You sign in with ada@lind.example.')).toBeVisible()
  })
})

describe('the password', () => {
  it('is changed, which ends all other sessions', async () => {
    const { tarn, ada } = tarnWithAda()
    openSession(tarn, ada, 'Mozilla/5.0 (Windows NT 10.0) Firefox/150.0')
    const { user } = startApp(tarn, '/account', ada)
    await screen.findByText('Firefox on Windows')

    await user.type(screen.getByLabelText('Present password'), password)
    await user.type(screen.getByLabelText('New password'), 'another long password')
    await user.click(screen.getByRole('button', { name: 'Change password' }))

    await findNotice(/Your password is changed/)
    expect(ada.password).toBe('another long password')
    await waitFor(() => expect(screen.queryByText('Firefox on Windows')).toBeNull())
    expect(screen.getByLabelText('New password')).toHaveValue('')
  })

  it('needs the present one', async () => {
    const { tarn, ada } = tarnWithAda()
    const { user } = startApp(tarn, '/account', ada)

    await user.type(await screen.findByLabelText('Present password'), 'guess')
    await user.type(screen.getByLabelText('New password'), 'another long password')
    await user.click(screen.getByRole('button', { name: 'Change password' }))

    await waitFor(() =>
      expect(screen.getByLabelText('Present password')).toHaveAccessibleDescription(
        'This is not your password.',
      ),
    )
  })
})

describe('sessions', () => {
  it('are listed, and others can be ended', async () => {
    const { tarn, ada } = tarnWithAda()
    openSession(tarn, ada, 'Mozilla/5.0 (Windows NT 10.0) Firefox/150.0')
    const { user } = startApp(tarn, '/account', ada)

    expect(await screen.findByText('This one')).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'End the session of Firefox on Windows' }))

    await waitFor(() => expect(screen.queryByText('Firefox on Windows')).toBeNull())
    expect(tarn.sessions).toHaveLength(1)
  })

  it('are named by what a user recognises', () => {
    expect(deviceOf('Mozilla/5.0 (Macintosh) Chrome/156 Safari/537 Edg/156')).toBe('Edge on macOS')
    expect(deviceOf('curl/8.0')).toBe('curl')
    expect(deviceOf(null)).toBe('Unknown device')
  })
})

describe('access tokens', () => {
  it('are created, shown once, listed and revoked', async () => {
    const { tarn, ada } = tarnWithAda()
    const { user, sent } = startApp(tarn, '/account', ada)

    await screen.findByText('You have no access tokens.')
    await user.click(screen.getByRole('button', { name: 'New token' }))
    const dialog = within(await screen.findByRole('dialog'))
    await user.click(dialog.getByRole('button', { name: 'Create token' }))
    expect(await dialog.findByText('Say what the token is for.')).toBeVisible()

    await user.type(dialog.getByLabelText('Name'), 'backup')
    await user.click(dialog.getByRole('checkbox', { name: /Change projects and tasks/ }))
    await user.selectOptions(dialog.getByLabelText('Expires'), 'In a year')
    await user.click(dialog.getByRole('button', { name: 'Create token' }))

    const secret = await screen.findByLabelText('The token')
    expect(secret).toHaveDisplayValue(/^tarn_pat_/)
    expect(sent('POST', /tokens/)[0]?.json).toEqual({
      name: 'backup',
      scopes: ['tasks:read', 'tasks:write'],
      expiresAt: expect.any(String),
    })
    await user.click(screen.getByRole('button', { name: 'Copy' }))
    expect(await navigator.clipboard.readText()).toMatch(/^tarn_pat_/)
    await user.keyboard('{Escape}')
    expect(await screen.findByText(/The token is never shown again/)).toBeVisible()
    expect(secret).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'I have copied it' }))
    expect(screen.queryByDisplayValue(/^tarn_pat_/)).toBeNull()

    await user.click(await screen.findByRole('button', { name: 'Revoke backup' }))
    await user.click(
      within(await screen.findByRole('dialog')).getByRole('button', { name: 'Revoke' }),
    )
    expect(await screen.findByText('You have no access tokens.')).toBeVisible()
  })

  it('are selected where the browser has no clipboard, as on plain http', async () => {
    const { tarn, ada } = tarnWithAda()
    const { user } = startApp(tarn, '/account', ada)
    await user.click(await screen.findByRole('button', { name: 'New token' }))
    const dialog = within(await screen.findByRole('dialog'))
    await user.type(dialog.getByLabelText('Name'), 'backup')
    await user.click(dialog.getByRole('checkbox', { name: /Change projects and tasks/ }))
    await user.click(dialog.getByRole('button', { name: 'Create token' }))
    const secret = await screen.findByLabelText<HTMLInputElement>('The token')
    Reflect.deleteProperty(navigator, 'clipboard')

    await user.click(screen.getByRole('button', { name: 'Copy' }))

    expect(await screen.findByText(/The token is selected: press Ctrl\+C/)).toBeVisible()
    expect(secret).toHaveFocus()
    expect(secret.selectionEnd).toBe(secret.value.length)
    expect(secret.selectionStart).toBe(0)
    expect(screen.getByRole('button', { name: 'Copy' })).toBeVisible()
  })

  it('ask for the password when the sign-in is old', async () => {
    const { tarn, ada } = tarnWithAda()
    tarn.refuseNext(
      'POST',
      /tokens/,
      new Refused(403, 'password-needed', 'Send your password too.'),
    )
    const { user, sent } = startApp(tarn, '/account', ada)
    await user.click(await screen.findByRole('button', { name: 'New token' }))
    const dialog = within(await screen.findByRole('dialog'))

    await user.type(dialog.getByLabelText('Name'), 'backup')
    await user.click(dialog.getByRole('button', { name: 'Create token' }))
    await user.type(await dialog.findByLabelText('Password'), password)
    await user.click(dialog.getByRole('button', { name: 'Create token' }))

    expect(await screen.findByLabelText('The token')).toHaveDisplayValue(/^tarn_pat_/)
    expect(sent('POST', /tokens/)[1]?.json).toMatchObject({ password })
  })

  it('show when they were used and when they end', async () => {
    const { tarn, ada } = tarnWithAda()
    tarn.tokens.push({
      id: tarn.nextId(),
      userId: ada.id,
      name: 'old',
      scopes: ['tasks:read'],
      prefix: 'tarn_pat_x',
      createdAt: '2020-01-01T00:00:00Z',
      expiresAt: '2021-01-01T00:00:00Z',
      lastUsedAt: '2020-06-01T00:00:00Z',
    })
    startApp(tarn, '/account', ada)

    expect(await screen.findByText(/last used .* ago.*expired/)).toBeVisible()
  })
})

describe('an administrator', () => {
  it('opens and closes registration', async () => {
    const { tarn, ada } = tarnWithAda()
    const { user } = startApp(tarn, '/account', ada)

    await user.click(await screen.findByRole('checkbox', { name: /may create an account/ }))

    await waitFor(() => expect(tarn.registrationOpen).toBe(false))
    expect(screen.getByRole('checkbox', { name: /may create an account/ })).not.toBeChecked()
    await waitFor(() =>
      expect(screen.getByLabelText(/Who may invite/)).toHaveValue('administrators'),
    )
  })

  it('alone may do so', async () => {
    const { tarn } = tarnWithAda()
    const noor = addUser(tarn, { name: 'Noor', email: 'noor@example.org', password })
    startApp(tarn, '/account', noor)

    await screen.findByText('Where you are signed in.')
    expect(screen.queryByText('Registration')).toBeNull()
  })
})

describe('deleting the account', () => {
  it('says which projects need another owner first', async () => {
    const { tarn, ada } = tarnWithAda()
    const detail =
      'Others would be left without an owner in “Hut”: make another user an owner first.'
    tarn.refuseNext('POST', /deletion/, new Refused(409, 'last-owner', detail))
    const { user } = startApp(tarn, '/account', ada)
    await user.click(await screen.findByRole('button', { name: 'Delete my account' }))
    const dialog = within(await screen.findByRole('dialog'))

    await user.type(dialog.getByLabelText('Password'), password)
    await user.click(dialog.getByRole('button', { name: 'Delete for ever' }))

    expect(await dialog.findByText(detail)).toBeVisible()
    expect(tarn.users).toContain(ada)
  })

  it('needs the password, and ends at the door', async () => {
    const { tarn, ada } = tarnWithAda()
    const { user } = startApp(tarn, '/account', ada)
    await user.click(await screen.findByRole('button', { name: 'Delete my account' }))
    const dialog = within(await screen.findByRole('dialog'))

    await user.type(dialog.getByLabelText('Password'), 'guess')
    await user.click(dialog.getByRole('button', { name: 'Delete for ever' }))
    expect(await dialog.findByText('This is not your password.')).toBeVisible()

    await user.clear(dialog.getByLabelText('Password'))
    await user.type(dialog.getByLabelText('Password'), password)
    await user.click(dialog.getByRole('button', { name: 'Delete for ever' }))
    expect(await screen.findByRole('heading', { name: 'Sign in to Tarn' })).toBeVisible()
    expect(tarn.users).toEqual([])
  })
})
