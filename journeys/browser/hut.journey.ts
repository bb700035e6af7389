import { fileURLToPath } from 'node:url'
import { type ConsoleMessage, expect, type Page } from '@playwright/test'
import { expectAccessible } from './axe.js'
import { errorsOf } from './errors.js'
import { typeInto } from './keys.js'
import { register } from './user.js'
import { test } from './tarn.js'

const board = fileURLToPath(new URL('fixtures/board.json', import.meta.url))

const ada = {
  name: 'Ada Brandt',
  email: 'ada@example.org',
  password: 'slate and larch above the hut',
}

test('a user brings a board along, works on it, and comes back to it', async ({ page, tarn, shots }) => {
  let outage = false
  const errors = errorsOf(page, () => outage)

  await test.step('comes for the first time, and nothing is red', async () => {
    const red: string[] = []
    const note = (message: ConsoleMessage) => {
      if (message.type() === 'error') red.push(message.text())
    }
    page.on('console', note)
    await page.goto('/')
    await expect(page.getByRole('heading', { name: 'Sign in to Tarn' })).toBeVisible()
    await page.goto('/nowhere')
    await expect(page.getByText('There is nothing here')).toBeVisible()
    await expectAccessible(page, 'an address where nothing is')
    page.off('console', note)
    expect(red).toEqual([])
  })

  await test.step('registers', async () => {
    await page.goto('/register')
    await expectAccessible(page, 'the registration page')
    await register(page, ada)
    await expectAccessible(page, 'the projects page')
  })

  await test.step('creates a project', async () => {
    await page.getByRole('button', { name: 'New project' }).click()
    const dialog = page.getByRole('dialog', { name: 'New project' })
    await expect(dialog.getByLabel('Name')).toBeFocused()
    await page.keyboard.type('Reading list')
    await dialog.getByRole('button', { name: 'Create' }).click()
    await expect(page.getByRole('heading', { name: 'Reading list' })).toBeVisible()
    await expect(page.getByLabel('Add a task')).toBeVisible()
    await page.keyboard.press('n')
    await expect(page.getByLabel('Add a task')).toBeFocused()
    await page.keyboard.type('A history of mountain huts')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('link', { name: 'A history of mountain huts' })).toBeVisible()
  })

  await test.step('imports a board', async () => {
    await page.getByRole('link', { name: 'Import', exact: true }).click()
    await expectAccessible(page, 'the import page')
    await page.getByLabel(/Drop a file here/).setInputFiles(board)
    await page.getByRole('button', { name: 'Import', exact: true }).click()
    await expect(page.getByRole('heading', { name: /Hut before the winter/ })).toBeVisible()
    await expectAccessible(page, 'the import report')
    await page.getByRole('link', { name: 'Open the project' }).click()
    await expect(column(page, 'Planned').getByRole('link')).toHaveCount(3)
    await expect(page.getByRole('region', { name: 'Last year' })).toHaveCount(0)
    await expectAccessible(page, 'the board')
  })

  await test.step('drags a card with the mouse', async () => {
    const card = page.locator('li', { has: page.getByRole('link', { name: /Repaint/ }) })
    await moved(page, () => card.dragTo(column(page, 'Done')))
    await expect(column(page, 'Done').getByRole('link', { name: /Repaint/ })).toBeVisible()
    await page.reload()
    await expect(column(page, 'Done').getByRole('link', { name: /Repaint/ })).toBeVisible()
  })

  await test.step('carries a card by keyboard', async () => {
    const footbridge = page.getByRole('link', { name: /footbridge/ })
    await footbridge.focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowUp')
    await moved(page, () => page.keyboard.press('Space'))
    await expect(column(page, 'Under way').getByRole('link').first()).toHaveText(/footbridge/)
    await expect(footbridge).toBeFocused()
    await page.reload()
    await expect(column(page, 'Under way').getByRole('link').first()).toHaveText(/footbridge/)
  })

  await test.step('creates, edits and completes a task', async () => {
    await page.getByRole('button', { name: 'Add a task to Planned' }).click()
    await page.keyboard.type('Wax the skis')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: 'Wax the skis' }).click()

    const panel = page.getByRole('dialog', { name: 'Wax the skis' })
    // A date's own keys depend on the browser's language.
    await panel.getByLabel('Due', { exact: true }).fill('2026-12-19')
    await panel.getByLabel('Priority').selectOption('High')
    await typeInto(panel.getByRole('textbox', { name: 'Description' }), 'Use the **blue** wax.')
    await panel.getByRole('button', { name: 'Save' }).click()
    await expect(panel.getByRole('button', { name: 'Save' })).toHaveCount(0)
    await expectAccessible(page, 'the open task')
    await page.keyboard.press('Escape')
    await expect(panel).toHaveCount(0)

    const done = page.getByRole('checkbox', { name: 'Wax the skis, done' })
    await done.click()
    await expect(done).toBeChecked()
    await expect(page.getByText('“Wax the skis” completed.')).toBeVisible()
  })

  await test.step('loses nothing when the power goes', async () => {
    outage = true
    await tarn.kill()
    await tarn.up()
    await page.reload()
    await expect(page.getByRole('checkbox', { name: 'Wax the skis, done' })).toBeChecked()
    await expect(column(page, 'Done').getByRole('link', { name: /Repaint/ })).toBeVisible()
    await expect(column(page, 'Under way').getByRole('link').first()).toHaveText(/footbridge/)
    outage = false
  })

  await test.step('signs out and in again, and finds all as it was', async () => {
    const here = page.url()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await expect(page.getByRole('heading', { name: 'Sign in to Tarn' })).toBeVisible()
    await expectAccessible(page, 'the sign-in page')
    await page.goto(here)
    await typeInto(page.getByLabel('E-mail'), ada.email)
    await typeInto(page.getByLabel('Password'), ada.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page).toHaveURL(here)
    await expect(page.getByRole('checkbox', { name: 'Wax the skis, done' })).toBeChecked()
    await page.getByRole('link', { name: 'Wax the skis' }).click()
    await expect(page.getByLabel('Due', { exact: true })).toHaveValue('2026-12-19')
    await page.keyboard.press('Escape')
  })

  await test.step('sees it in light, in dark and on a phone', async () => {
    await expect(column(page, 'Planned').getByRole('link').first()).toBeVisible()
    await page.screenshot({ path: `${shots}board-light.png` })
    await page.getByRole('button', { name: 'Dark' }).click()
    await expect(page.locator('html')).toHaveClass('dark')
    await page.reload()
    await expect(column(page, 'Planned').getByRole('link').first()).toBeVisible()
    await expectAccessible(page, 'the board in the dark')
    await page.screenshot({ path: `${shots}board-dark.png` })
    await page.setViewportSize({ width: 390, height: 844 })
    await page.getByRole('link', { name: 'List', exact: true }).click()
    await expect(page.getByRole('link', { name: 'Wax the skis' })).toBeVisible()
    await expectAccessible(page, 'the list on a phone')
    await page.screenshot({ path: `${shots}list-phone.png` })
  })

  await test.step('finds settings and account in order', async () => {
    await page.setViewportSize({ width: 1360, height: 860 })
    await page.getByRole('link', { name: 'Project settings' }).click()
    await expect(page.getByLabel('Role of Ada Brandt')).toBeVisible()
    await expectAccessible(page, 'the project settings')
    await page.getByRole('link', { name: 'Account' }).click()
    await expect(page.getByText('This one')).toBeVisible()
    await expectAccessible(page, 'the account page')
  })

  expect(errors).toEqual([])
})

function column(page: Page, name: string) {
  return page.getByRole('region', { name, exact: true })
}

/** Moves a card, and waits until that is kept: the board shows it before. */
async function moved(page: Page, move: () => Promise<void>) {
  const answer = page.waitForResponse((one) => one.url().endsWith('/position'))
  await move()
  expect((await answer).status()).toBe(200)
}
