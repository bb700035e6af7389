import { expect, type Page } from '@playwright/test'
import { expectAccessible } from './axe.js'
import { errorsOf } from './errors.js'
import { typeInto } from './keys.js'
import { test } from './tarn.js'
import { register } from './user.js'

/** The first user of the Tarn that journeys share, since this file is the first one: its administrator. */
const ines = { name: 'Ines Moreau', email: 'ines@example.org', password: 'larch above the cold tarn' }
const otto = { name: 'Otto Lind', email: 'otto@example.org', password: 'a path along the ridge' }
const next = 'another way down again'

test('an administrator lets a user in again, and closes the account', async ({
  page,
  browser,
  tarn,
}) => {
  const context = await browser.newContext({ baseURL: tarn.url })
  const ottos = await context.newPage()
  const errors = [errorsOf(page), errorsOf(ottos)]
  await page.goto('/register')
  await register(page, ines)
  await ottos.goto('/register')
  await register(ottos, otto)

  const link = await test.step('a link for a new password is made', async () => {
    await page.getByRole('link', { name: 'People' }).click()
    await expect(page.getByText(otto.email)).toBeVisible()
    await expectAccessible(page, 'the people page')
    await choose(page, 'Link for a new password')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Create link' }).click()
    const value = await dialog.getByLabel('The link').inputValue()
    await expectAccessible(page, 'a link for a new password')
    await dialog.getByRole('button', { name: 'I have copied it' }).click()
    return value
  })

  await test.step('the user takes a new password, which ends the session', async () => {
    await ottos.goto(link)
    await typeInto(ottos.getByLabel('New password'), next)
    await expectAccessible(ottos, 'the page of a reset link')
    await ottos.getByRole('button', { name: 'Change password' }).click()
    await ottos.getByRole('link', { name: 'Sign in' }).click()
    await signIn(ottos, next)
    await expect(ottos.getByRole('heading', { name: 'Projects', level: 1 })).toBeVisible()
    await ottos.goto(link)
    await expect(ottos.getByText(/This link was used before/)).toBeVisible()
  })

  await test.step('a closed account cannot sign in', async () => {
    await choose(page, 'Close account')
    await page.getByRole('dialog').getByRole('button', { name: 'Close account' }).click()
    await expect(page.getByText('Closed', { exact: true })).toBeVisible()
    // The session ends within a second.
    await expect(async () => {
      await ottos.goto('/projects')
      await expect(ottos.getByRole('heading', { name: 'Sign in to Tarn' })).toBeVisible({
        timeout: 2_000,
      })
    }).toPass({ timeout: 20_000 })
    await signIn(ottos, next)
    await expect(ottos.getByText('This account is closed.', { exact: false })).toBeVisible()
  })
  expect(errors).toEqual([[], []])
  await context.close()
})

async function choose(page: Page, entry: string) {
  await page.getByRole('button', { name: `Actions for ${otto.name}` }).click()
  await page.getByRole('menuitem', { name: entry }).click()
}

async function signIn(page: Page, password: string) {
  await typeInto(page.getByLabel('E-mail'), otto.email)
  await typeInto(page.getByLabel('Password'), password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}
