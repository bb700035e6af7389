import { existsSync } from 'node:fs'
import { expect } from '@playwright/test'
import { errorsOf } from './errors.js'
import { typeInto } from './keys.js'
import { Tarn, test } from './tarn.js'
import { register } from './user.js'

const faketime = '/usr/bin/faketime'
const days = 31

test('a month later the timetable tells what the jobs did', async ({ page, split, shots }) => {
  test.skip(split, 'TimetableTest tries the jobs in both shapes; here the clock of one is set.')
  test.skip(!existsSync(faketime), `The clock cannot be set ahead without ${faketime}.`)
  const own = await Tarn.start(false)
  try {
    await page.goto(`${own.url}/register`)
    await register(page, {
      name: 'Runa Falk',
      email: 'runa@example.org',
      password: 'nets and oars by the landing',
    })
    const project = await page.request
      .post(`${own.url}/api/projects`, {
        data: { name: 'Boathouse' },
        headers: { Origin: own.url },
      })
      .then((answer) => answer.json())
    const task = await page.request
      .post(`${own.url}/api/tasks`, {
        data: { project: project.id, title: 'Mend the landing' },
        headers: { Origin: own.url },
      })
      .then((answer) => answer.json())
    const deleted = await page.request.delete(`${own.url}/api/tasks/${task.id}`, {
      headers: { Origin: own.url, 'If-Match': `"${task.version}"` },
    })
    expect(deleted.status()).toBe(204)

    await own.kill()
    await own.up({ daysAhead: days })
    const errors = errorsOf(page)
    await page.clock.install({ time: Date.now() + days * 24 * 60 * 60 * 1_000 })
    await page.goto(`${own.url}/timetable`)
    await typeInto(page.getByLabel('E-mail'), 'runa@example.org')
    await typeInto(page.getByLabel('Password'), 'nets and oars by the landing')
    await page.getByRole('button', { name: 'Sign in' }).click()

    const jobs = page.getByRole('region')
    const trash = page.getByRole('region', { name: 'Empty trash' })
    await expect(trash.getByText(/^Succeeded .*: 1 task/)).toBeVisible({ timeout: 30_000 })
    await expect(trash.getByText(/next in|next tomorrow/)).toBeVisible()
    const names = await jobs.evaluateAll((all) => all.map((job) => job.getAttribute('aria-label')))
    expect(names.length).toBeGreaterThanOrEqual(9)
    for (const name of names) {
      const job = page.getByRole('region', { name: name ?? '' })
      await expect(job.getByText(/^Succeeded/).first()).toBeVisible({ timeout: 20_000 })
    }
    await trash.getByRole('button', { name: 'Earlier runs of Empty trash' }).click()
    await expect(
      trash
        .getByRole('list')
        .getByText(/^Succeeded/)
        .first(),
    ).toBeVisible()
    await page.screenshot({ path: `${shots}timetable.png`, fullPage: true })
    expect(errors).toEqual([])
  } finally {
    await own.remove()
  }
})
