import { expect } from '@playwright/test'
import { errorsOf } from './errors.js'
import { test } from './tarn.js'
import { register } from './user.js'

const tasks = 50_000

test('an import goes on when Tarn was killed half-way and the page reloaded', async ({
  page,
  tarn,
  split,
}) => {
  const errors = errorsOf(page, () => true)
  await page.goto('/register')
  await register(page, {
    name: 'Yrsa Lind',
    email: 'yrsa@example.org',
    password: 'reeds and rain on the pond',
  })
  await page.getByRole('link', { name: 'Import', exact: true }).first().click()
  await page
    .getByLabel(/Drop a file here/)
    .setInputFiles({ name: 'pond.csv', mimeType: 'text/csv', buffer: Buffer.from(table()) })
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  const half = page.getByText(/^[1-9][\d,]* of 50,000 tasks$/)
  await expect(half).toBeVisible({ timeout: 20_000 })

  if (split) {
    tarn.killService('tasks')
    tarn.killService('worker')
  } else {
    await tarn.kill()
    await tarn.up()
  }
  await page.reload()

  await expect(half).toBeVisible({ timeout: 120_000 })
  const report = page.getByRole('region', { name: 'Import report' })
  await expect(report.getByText(/50,000 tasks/)).toBeVisible({ timeout: 180_000 })
  await expect(report.getByRole('heading', { name: /pond/ })).toBeVisible()
  const made = await page.request.get('/api/projects').then((answer) => answer.json())
  expect(made.items).toHaveLength(1)
  const statistics = await page.request
    .get(`/api/projects/${made.items[0].id}/statistics`)
    .then((answer) => answer.json())
  expect(statistics.openTasks).toBe(tasks)
  expect(errors).toEqual([])
})

/** Long enough to be killed half-way. */
function table() {
  const words = 'Reeds along the northern shore, to be cut before the winter. '.repeat(3)
  const rows = Array.from({ length: tasks }, (_, row) => `Reed ${row},"${words}"`)
  return `title,notes\n${rows.join('\n')}\n`
}
