import { expect, type Page } from '@playwright/test'

export type Person = { name: string; email: string; password: string }

/** Fills in the registration page, which is open, and is then signed in. */
export async function register(page: Page, { name, email, password }: Person) {
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page.getByRole('heading', { name: 'Projects', level: 1 })).toBeVisible()
}
