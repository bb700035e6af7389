import { expect } from '@playwright/test'
import { test } from './tarn.js'

test('what waits to be sent outlives a reload', async ({ page }) => {
  await page.goto('/register')
  for (const [label, text] of [
    ['Name', 'Wait'],
    ['E-mail', 'wait@example.org'],
    ['Password', 'moss and heather by the tarn'],
  ] as const)
    await page.getByLabel(label, { exact: true }).fill(text)
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.getByRole('button', { name: 'New project' }).click()
  await expect(page.getByRole('dialog').getByLabel('Name')).toBeFocused()
  await page.keyboard.type('Ropes')
  await page.keyboard.press('Enter')
  await page.route('**/api/tasks', (route) => route.abort())
  await page.getByLabel('Add a task').click()
  await page.keyboard.type('First')
  await page.keyboard.press('Enter')
  await page.keyboard.type('Second')
  await page.keyboard.press('Enter')
  await expect(page.getByText('waiting', { exact: true })).toHaveCount(2)

  await page.reload()
  await expect(page.getByText('waiting', { exact: true })).toHaveCount(2)

  await page.unroute('**/api/tasks')
  const tasks = page.getByRole('main').getByRole('link', { name: /First|Second/ })
  await expect(tasks).toHaveText(['First', 'Second'])
  await expect(page.getByText('waiting', { exact: true })).toHaveCount(0)
})
