import { expect, type Page } from '@playwright/test'
import { typeInto } from './keys.js'

export type User = { name: string; email: string; password: string }

/** Fills in the registration page, which is open, and is then signed in. */
export async function register(page: Page, { name, email, password }: User) {
  await typeInto(page.getByLabel('Name'), name)
  await typeInto(page.getByLabel('E-mail'), email)
  await typeInto(page.getByLabel('Password'), password)
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page.getByRole('heading', { name: 'Projects', level: 1 })).toBeVisible()
}
