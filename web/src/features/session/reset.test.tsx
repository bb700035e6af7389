import { screen, waitFor } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { addUser } from '@/testing/fake-users'
import { password, startApp, tarnWithAda } from '@/testing/start-app'

const next = 'granite under snow'

function linked(secret: string) {
  const { tarn } = tarnWithAda()
  const noor = addUser(tarn, { name: 'Noor Haddad', email: 'noor@example.org', password })
  tarn.resets.push({ id: tarn.nextId(), userId: noor.id, secret: 'tarn_rst_good' })
  history.replaceState(null, '', `/reset${secret && `#${secret}`}`)
  return { tarn, noor, ...startApp(tarn, '/reset') }
}

afterEach(() => history.replaceState(null, '', '/'))

describe('a reset link', () => {
  it('takes a new password and leads to the door', async () => {
    const { user, noor, url } = linked('tarn_rst_good')

    await user.type(await screen.findByLabelText('New password'), next)
    expect(location.hash).toBe('')
    await user.click(screen.getByRole('button', { name: 'Change password' }))
    await user.click(await screen.findByRole('link', { name: 'Sign in' }))

    await waitFor(() => expect(url()).toBe('/sign-in'))
    expect(noor.password).toBe(next)
  })

  it('can be used again after a weak password', async () => {
    const { user, noor } = linked('tarn_rst_good')

    await user.type(await screen.findByLabelText('New password'), 'password1234')
    await user.click(screen.getByRole('button', { name: 'Change password' }))
    expect(await screen.findByText('This password is too well known.')).toBeVisible()
    await user.clear(screen.getByLabelText('New password'))
    await user.type(screen.getByLabelText('New password'), next)
    await user.click(screen.getByRole('button', { name: 'Change password' }))

    await waitFor(() => expect(noor.password).toBe(next))
  })

  it('says at once that it has ended, and whom to ask for another', async () => {
    linked('tarn_rst_old')

    expect(await screen.findByText(/This link was used before.*Ask an administrator/)).toBeVisible()
    expect(screen.getByRole('link', { name: 'Sign in' })).toBeVisible()
    expect(screen.queryByLabelText('New password')).toBeNull()
  })

  it('says that it has ended while the form was open', async () => {
    const { user, tarn } = linked('tarn_rst_good')

    await user.type(await screen.findByLabelText('New password'), next)
    tarn.resets = []
    await user.click(screen.getByRole('button', { name: 'Change password' }))

    expect(await screen.findByText(/This link was used before/)).toBeVisible()
  })

  it('says that it is not complete', async () => {
    linked('')

    expect(await screen.findByText(/not complete/)).toBeVisible()
  })
})
