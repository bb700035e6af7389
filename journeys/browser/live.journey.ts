import { expect, type Page } from '@playwright/test'
import { expectAccessible } from './axe.js'
import { errorsOf } from './errors.js'
import { typeInto } from './keys.js'
import { test } from './tarn.js'
import { register } from './user.js'

const signe = {
  name: 'Signe Moe',
  email: 'signe@example.org',
  password: 'ferry and fog over the sound',
}
const pavel = {
  name: 'Pavel Horak',
  email: 'pavel@example.org',
  password: 'fog and ferry over the sound',
}

/** Bound of liveness for a change on another user's board; its usual time is measured by the bench. */
const soon = { timeout: 10_000 }

test('two users work on one board and see each other do so', async ({
  page,
  browser,
  baseURL,
  shots,
}) => {
  const errors = errorsOf(page)
  const other = await browser.newContext(baseURL ? { baseURL } : {})
  const pavels = await other.newPage()
  const pavelsErrors = errorsOf(pavels)

  await test.step('two users share a project with a board', async () => {
    await pavels.goto('/register')
    await register(pavels, pavel)
    await page.goto('/register')
    await register(page, signe)
    await page.getByRole('button', { name: 'New project' }).click()
    const dialog = page.getByRole('dialog', { name: 'New project' })
    await expect(dialog.getByLabel('Name')).toBeFocused()
    await page.keyboard.type('Ferry landing')
    await dialog.getByRole('button', { name: 'Create' }).click()
    await page.getByRole('link', { name: 'Board', exact: true }).click()
    await page.getByRole('button', { name: 'Add a task to To do' }).click()
    for (const title of ['Oil the ramp', 'Paint the railing']) {
      await page.keyboard.type(title)
      await page.keyboard.press('Enter')
      await expect(page.getByRole('link', { name: title })).toBeVisible()
    }
    await page.keyboard.press('Escape')
    const board = page.url()
    await page.getByRole('link', { name: 'Project settings' }).click()
    await page.getByRole('button', { name: 'Invite by link' }).click()
    await page.getByRole('button', { name: 'Create link' }).click()
    const link = await page.getByLabel('The link').inputValue()
    await page.getByRole('button', { name: 'I have copied it' }).click()
    await pavels.goto(link)
    await pavels.getByRole('button', { name: 'Accept as Pavel Horak' }).click()
    await expect(pavels.getByRole('heading', { name: 'Ferry landing' })).toBeVisible()
    await page.goto(board)
    await pavels.goto(board)
    await expect(column(pavels, 'To do').getByRole('link')).toHaveCount(2)
  })

  await test.step('each sees that the other is there', async () => {
    const here = (of: Page) => of.getByRole('list', { name: 'Also looking at this' })
    await expect(here(page).getByRole('img', { name: pavel.name })).toBeVisible({ timeout: 15_000 })
    await expect(here(pavels).getByRole('img', { name: signe.name })).toBeVisible({
      timeout: 15_000,
    })
    await expectAccessible(page, 'a board with somebody else on it')
    await page.screenshot({ path: `${shots}board-together.png` })
  })

  await test.step('what one moves, adds and completes is on the board of the other', async () => {
    await moveBy(pavels, 'Oil the ramp', 'Doing')
    await expect(column(page, 'Doing').getByRole('link', { name: 'Oil the ramp' })).toBeVisible(
      soon,
    )
    await pavels.getByRole('button', { name: 'Add a task to Doing' }).click()
    await pavels.keyboard.type('Order the rope')
    const answer = pavels.waitForResponse((one) => one.request().method() === 'POST')
    await pavels.keyboard.press('Enter')
    await answer
    await expect(page.getByRole('link', { name: 'Order the rope' })).toBeVisible(soon)
    await pavels.keyboard.press('Escape')
    await pavels.getByRole('checkbox', { name: 'Order the rope, done' }).click()
    await expect(page.getByRole('checkbox', { name: 'Order the rope, done' })).toBeChecked()
  })

  await test.step('what one types stays, whatever the other saves', async () => {
    await page.getByRole('link', { name: 'Paint the railing' }).click()
    const title = page.getByRole('dialog').getByLabel('Title')
    await expect(title).toHaveValue('Paint the railing')
    await title.press('End')
    await page.keyboard.type(' white')
    await pavels.getByRole('link', { name: 'Paint the railing' }).click()
    const panel = pavels.getByRole('dialog')
    await panel.getByLabel('Priority').selectOption('High')
    const saved = pavels.waitForResponse((one) => one.request().method() === 'PATCH')
    await panel.getByRole('button', { name: 'Save' }).click()
    await saved
    await expect(page.getByRole('dialog').getByLabel('Priority')).toHaveValue('high', soon)
    await expect(title).toHaveValue('Paint the railing white')
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await expect(panel.getByLabel('Title')).toHaveValue('Paint the railing white')
    await expect(panel.getByLabel('Priority')).toHaveValue('high')
    await page.keyboard.press('Escape')
    await pavels.keyboard.press('Escape')
  })

  await test.step('who was offline sees what happened meanwhile', async () => {
    await page.context().setOffline(true)
    await moveBy(pavels, 'Paint the railing', 'Doing')
    await page.context().setOffline(false)
    const moved = column(page, 'Doing').getByRole('link', { name: /Paint the railing/ })
    await expect(moved).toBeVisible({ timeout: 15_000 })
  })

  await test.step('who is taken out is told so', async () => {
    await page.getByRole('link', { name: 'Project settings' }).click()
    await page.getByRole('button', { name: `Remove ${pavel.name}` }).click()
    await page.getByRole('button', { name: 'Remove member' }).click()
    await expect(pavels.getByText('You are no longer a member of this project')).toBeVisible()
  })

  expect(pavelsErrors).toEqual([])
  expect(errors.filter((error) => !/ERR_INTERNET_DISCONNECTED/.test(error))).toEqual([])
  await other.close()
})

test('eight tabs on plain http, where the host is not localhost, all follow', async ({
  page,
  browser,
  baseURL,
}) => {
  await page.goto('/register')
  await register(page, { ...signe, email: 'tabs@example.org' })
  await page.getByRole('button', { name: 'New project' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('Tabs')
  await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click()
  await expect(page.getByLabel('Add a task')).toBeVisible()
  const { pathname, port } = new URL(page.url())
  const [session] = (await page.context().cookies()).filter(({ name }) => name === 'tarn_session')
  expect(baseURL && session).toBeTruthy()
  const context = await browser.newContext()
  // As on a phone: a tab holds the stream for the others, and the next one when it is closed.
  const simple = await browser.newContext()
  await simple.addInitScript(() => Reflect.deleteProperty(globalThis, 'SharedWorker'))
  for (const one of [context, simple]) await one.addCookies([{ ...session!, domain: 'boat.test' }])
  const tabs = await Promise.all(Array.from({ length: 8 }, () => context.newPage()))
  const [holder, ...others] = await Promise.all(Array.from({ length: 3 }, () => simple.newPage()))

  for (const tab of [...tabs, holder!, ...others])
    await tab.goto(`http://boat.test:${port}${pathname}`)
  for (const tab of [...tabs, ...others]) await expect(tab.getByLabel('Add a task')).toBeVisible()
  expect(await tabs[0]?.evaluate(() => isSecureContext)).toBe(false)
  await add(page, 'Seen everywhere')
  for (const tab of [...tabs, ...others])
    await expect(tab.getByRole('link', { name: 'Seen everywhere' })).toBeVisible()

  await holder?.close()
  await add(page, 'Seen after the first has gone')
  for (const tab of others)
    await expect(tab.getByRole('link', { name: 'Seen after the first has gone' })).toBeVisible()
  await context.close()
  await simple.close()
})

async function add(page: Page, title: string) {
  await typeInto(page.getByLabel('Add a task'), title)
  await page.keyboard.press('Enter')
}

function column(page: Page, name: string) {
  return page.getByRole('region', { name, exact: true })
}

/** Moves a card to a column by its menu, and waits until that is kept. */
async function moveBy(page: Page, title: string, to: string) {
  await page.getByRole('button', { name: new RegExp(`^Move ${title}`) }).click()
  const answer = page.waitForResponse((one) => one.url().endsWith('/position'))
  await page.getByRole('menuitem', { name: to, exact: true }).click()
  expect((await answer).status()).toBe(200)
}
