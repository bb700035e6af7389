import { spawnSync } from 'node:child_process'
import { expect } from '@playwright/test'
import { expectAccessible } from './axe.js'
import { errorsOf } from './errors.js'
import { typeInto } from './keys.js'
import { expectNoSidewaysScroll } from './scroll.js'
import { test as shared, Tarn } from './tarn.js'
import { register } from './user.js'

const runa = {
  name: 'Runa Falk',
  email: 'runa@example.org',
  password: 'nets and oars by the landing',
}
const daysAhead = 31

/** A Tarn of its own: its clock is set ahead, and its first user is its administrator. */
const test = shared.extend<{ own: Tarn }>({
  own: async ({ browserName: _ }, use, info) => {
    const own = await Tarn.start(false)
    await use(own)
    if (info.status !== info.expectedStatus)
      console.log(['What the Tarn of this journey said of faults:', ...own.faults].join('\n'))
    await own.remove()
  },
  baseURL: async ({ own }, use) => use(own.url),
})

test.skip(
  spawnSync('faketime', ['--version']).status !== 0,
  'install the package faketime, which sets a clock ahead',
)

test('a month of jobs later the timetable says what they did', async ({ page, own, shots }) => {
  const errors = errorsOf(page)
  const trash = page.getByRole('region', { name: 'Empty trash' })
  let project = ''

  await test.step('an administrator deletes a task', async () => {
    await page.goto('/register')
    await register(page, runa)
    await page.getByRole('button', { name: 'New project' }).click()
    await expect(page.getByRole('dialog').getByLabel('Name')).toBeFocused()
    await page.keyboard.type('Boathouse')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: 'Boathouse' })).toBeVisible()
    project = new URL(page.url()).pathname
    await typeInto(page.getByLabel('Add a task'), 'Mend the landing')
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: 'Mend the landing' }).click()
    await page.getByRole('button', { name: 'More about this task' }).click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await page.goto(`${project}/trash`)
    await expect(page.getByText('Mend the landing')).toBeVisible()
  })

  await test.step('the jobs have not run yet', async () => {
    await page.goto('/timetable')
    await expect(trash.getByText('It has not run yet.')).toBeVisible()
  })

  await test.step('a month later the administrator signs in again', async () => {
    await page.goto('about:blank')
    await own.kill()
    await own.up({ daysAhead })
    await page.clock.install({ time: Date.now() + daysAhead * 24 * 60 * 60 * 1_000 })
    await page.goto('/timetable')
    await typeInto(page.getByLabel('E-mail'), runa.email)
    await typeInto(page.getByLabel('Password'), runa.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByRole('heading', { name: 'Timetable', level: 1 })).toBeVisible()
  })

  await test.step('every job has run, and its next run is known', async () => {
    const jobs = page.getByRole('main').getByRole('region')
    await expect(trash.getByText(/^Succeeded (just now|\d+ minutes? ago), took .+/)).toBeVisible({
      timeout: 30_000,
    })
    const all = await jobs.count()
    await expect(jobs.filter({ hasText: 'Succeeded' })).toHaveCount(all, { timeout: 90_000 })
    await expect(jobs.filter({ hasText: /next (in|within|tomorrow)/ })).toHaveCount(all)
    await trash.getByRole('button', { name: 'Earlier runs of Empty trash' }).click()
    await expect(trash.getByText(/^Succeeded .+, took .+: 1 task$/)).toBeVisible()
    await expectAccessible(page, 'the timetable')
  })

  await test.step('sees it in light, in dark and on a phone', async () => {
    await page.screenshot({ path: `${shots}timetable-light.png` })
    await page.getByRole('button', { name: 'Dark' }).click()
    await expect(page.locator('html')).toHaveClass('dark')
    await expectAccessible(page, 'the timetable in the dark')
    await page.screenshot({ path: `${shots}timetable-dark.png` })
    await page.setViewportSize({ width: 390, height: 844 })
    await expectAccessible(page, 'the timetable on a phone')
    await expectNoSidewaysScroll(page)
    await page.screenshot({ path: `${shots}timetable-phone.png` })
    await page.setViewportSize({ width: 1360, height: 860 })
  })

  await test.step('pauses a job, resumes it, and runs it now', async () => {
    await trash.getByRole('button', { name: 'Pause Empty trash' }).click()
    await expect(trash.getByText('Paused just now')).toBeVisible()
    await expect(trash.getByText(/next/)).toHaveCount(0)
    await trash.getByRole('button', { name: 'Resume Empty trash' }).click()
    await expect(trash.getByText(/next/)).toBeVisible()
    await trash.getByRole('button', { name: 'Run Empty trash now' }).click()
    await expect(
      trash
        .getByText(/^Succeeded just now, .*requested by an administrator: nothing to do$/)
        .first(),
    ).toBeVisible({ timeout: 30_000 })
  })

  await test.step('the trash is empty', async () => {
    await page.goto(`${project}/trash`)
    await expect(page.getByText('The trash is empty')).toBeVisible()
  })
  expect(errors).toEqual([])
})
