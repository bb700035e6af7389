import { expect, type Page } from '@playwright/test'
import { expectAccessible } from './axe.js'
import { errorsOf } from './errors.js'
import { typeInto } from './keys.js'
import { register } from './user.js'
import { test } from './tarn.js'

const mei = {
  name: 'Mei Tanaka',
  email: 'mei@example.org',
  password: 'two ladders and a bag of slate',
}

test('a user makes a small budget', async ({ page, shots }) => {
  const errors = errorsOf(page)

  await test.step('opens the items of a new project', async () => {
    await page.goto('/register')
    await register(page, mei)
    await page.getByRole('button', { name: 'New project' }).click()
    const dialog = page.getByRole('dialog', { name: 'New project' })
    await expect(dialog.getByLabel('Name')).toBeFocused()
    await page.keyboard.type('North roof')
    await dialog.getByRole('button', { name: 'Create' }).click()
    await page.getByRole('link', { name: 'Items', exact: true }).click()
    await expect(page.getByText('Nothing is counted here yet')).toBeVisible()
    await expectAccessible(page, 'a project without items')
  })

  await test.step('adds three by keyboard alone', async () => {
    await page.keyboard.press('n')
    for (const name of ['Slate', 'Roofers', 'Crane']) {
      await page.keyboard.type(name)
      await page.keyboard.press('Enter')
      await expect(page.getByLabel(`Name of ${name}`)).toHaveValue(name)
    }
    await page.getByLabel('Quantity of Slate').focus()
    await typeAlong(page, ['42.5', 'm²', '38.9', 'eur'])
    await expect(total(page, 'Slate')).toContainText('€1,653.25')
    await page.getByLabel('Quantity of Roofers').focus()
    await typeAlong(page, ['64', 'h', '52.375', 'EUR', 'quantity * unitPrice * 1.081'])
    await expect(total(page, 'Roofers')).toContainText('€3,623.51')
    await page.getByLabel('Quantity of Crane').focus()
    await typeAlong(page, ['3', 'days', '1180', 'CHF'])
    await expect(total(page, 'Crane')).toContainText('3,540.00')
  })

  await test.step('sees what it comes to, to the last digit', async () => {
    const sums = page.getByRole('region', { name: 'Sums' })
    await expect(sums).toContainText('CHF: 1 item')
    await expect(sums).toContainText('EUR: 2 items')
    await expect(sums).toContainText('€5,276.76')
    await expect(total(page, 'Roofers').getByRole('button')).toHaveAccessibleName('3,623.512 EUR')
    await page.reload()
    await expect(sums).toContainText('€5,276.76')
    await expectAccessible(page, 'a budget')
    await page.screenshot({ path: `${shots}items-light.png` })
  })

  await test.step('is told at the cell what is wrong with a formula', async () => {
    const formula = page.getByLabel('Formula of Crane')
    // A calculator that is late leaves the total pending, and refuses the same text when it is asked again.
    await expect(async () => {
      await typeInto(formula, 'quantity * unitPrice')
      await formula.press('Enter')
      await expect(total(page, 'Crane')).toContainText('3,540.00')
      await typeInto(formula, 'quantity * (unitPrice + + 90')
      await formula.press('Enter')
      await expect(page.getByRole('alert').locator('mark')).toBeVisible()
    }).toPass()
    await expect(formula).toHaveValue('quantity * (unitPrice + + 90')
    await expect(total(page, 'Crane')).toContainText('3,540.00')
    await expectAccessible(page, 'a formula that is refused')
    await page.screenshot({ path: `${shots}items-refused.png` })
    await typeInto(formula, 'quantity * (unitPrice + 90)')
    await formula.press('Enter')
    await expect(total(page, 'Crane')).toContainText('3,810.00')
    await expect(page.getByRole('alert')).toHaveCount(0)
  })

  await test.step('removes one and takes it back', async () => {
    const sums = page.getByRole('region', { name: 'Sums' })
    await page.getByRole('button', { name: 'Remove Slate' }).click()
    await expect(page.getByText('“Slate” is in the trash.')).toBeVisible()
    await expect(sums).toContainText('EUR: 1 item')
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(page.getByLabel('Name of Slate')).toBeVisible()
    await expect(sums).toContainText('EUR: 2 items')
  })

  await test.step('sees it in the dark and on a phone', async () => {
    await page.getByRole('button', { name: 'Dark' }).click()
    await expect(page.locator('html')).toHaveClass('dark')
    await expectAccessible(page, 'a budget in the dark')
    await page.screenshot({ path: `${shots}items-dark.png` })
    await page.setViewportSize({ width: 390, height: 844 })
    await typeInto(page.getByLabel('Unit price of Slate'), '40')
    await page.keyboard.press('Enter')
    await expect(total(page, 'Slate')).toContainText('€1,700.00')
    expect(await page.evaluate(() => document.body.scrollWidth)).toBe(390)
    await expectAccessible(page, 'a budget on a phone')
    await page.screenshot({ path: `${shots}items-phone.png` })
  })

  expect(errors).toEqual([])
})

/** From cell to cell, as one types a bill. */
async function typeAlong(page: Page, texts: string[]) {
  for (const text of texts) {
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type(text)
    await page.keyboard.press('Tab')
  }
}

function total(page: Page, name: string) {
  return page
    .locator('tr', { has: page.getByLabel(`Name of ${name}`) })
    .getByRole('cell')
    .nth(6)
}
