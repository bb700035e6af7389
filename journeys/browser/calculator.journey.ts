import { expect, type Page } from '@playwright/test'
import { expectAccessible } from './axe.js'
import { errorsOf } from './errors.js'
import { typeInto } from './keys.js'
import { expectNoSidewaysScroll } from './scroll.js'
import { register } from './user.js'
import { test } from './tarn.js'

const noor = {
  name: 'Noor Visser',
  email: 'noor@example.org',
  password: 'larch and slate below the hut',
}

test('a user works something out and looks at what it is made of', async ({ page, shots }) => {
  const errors = errorsOf(page)

  await test.step('registers and opens the calculator', async () => {
    await page.goto('/register')
    await register(page, noor)
    await page.getByRole('link', { name: 'Calculator' }).click()
    await expect(page.getByRole('heading', { name: 'Calculator', level: 1 })).toBeVisible()
  })

  await test.step('sees the exact result and its parts', async () => {
    await typeInto(expression(page), 'if(guests > 20, 15, 18.5) * guests + round(guests / 3) * 0.1')
    await typeInto(page.getByLabel('guests'), '16')
    await expect(page.getByRole('status', { name: 'Result' })).toHaveText('296.5')
    await expect(page.getByText('Exactly this.')).toBeVisible()
    await expect(part(page, '+ is 296.5')).toBeVisible()
    await expect(part(page, 'round is 5')).toBeVisible()
    await expect(part(page, '15, not needed')).toBeVisible()
    await expectAccessible(page, 'the calculator')
  })

  await test.step('walks through the parts by keyboard', async () => {
    await part(page, '+ is 296.5').focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await expect(part(page, 'if is 18.5')).toBeFocused()
    await expect(page.locator('mark')).toHaveText('if')
    await expect(page.locator('p:has(mark) > span')).toHaveText('if(guests > 20, 15, 18.5)')
    await page.screenshot({ path: `${shots}calculator-light.png` })
    await page.keyboard.press('End')
    await page.keyboard.press('ArrowLeft')
    await expect(part(page, '* is 0.5')).toBeFocused()
  })

  await test.step('sees it in the dark and on a phone', async () => {
    await page.getByRole('button', { name: 'Dark' }).click()
    await expect(page.locator('html')).toHaveClass('dark')
    await part(page, 'round is 5').focus()
    await expectAccessible(page, 'the calculator in the dark')
    await page.screenshot({ path: `${shots}calculator-dark.png` })
    await page.setViewportSize({ width: 390, height: 844 })
    await typeInto(expression(page), 'sqrt(guests / 3) + 1 - 2 ^ 200 + -(guests * 1 / 7)')
    await expect(part(page, /^sqrt is about 2.309/)).toBeVisible()
    await part(page, /^sqrt/).focus()
    await expectAccessible(page, 'the calculator on a phone')
    await expectNoSidewaysScroll(page)
    await page.screenshot({ path: `${shots}calculator-phone.png` })
  })

  await test.step('a deep tree scrolls within its frame, a huge one is not drawn', async () => {
    await typeInto(expression(page), `1${' + 1'.repeat(45)}`)
    await expect(part(page, '+ is 46')).toBeVisible()
    await part(page, '+ is 46').focus()
    await page.keyboard.press('End')
    await expect(page.getByRole('treeitem').last()).toBeInViewport()
    await expect(page.locator('mark')).toBeInViewport()
    await expectNoSidewaysScroll(page)
    await page.screenshot({ path: `${shots}calculator-deep.png` })
    await typeInto(expression(page), `1${' + 1'.repeat(150)}`)
    await expect(page.getByText('too large to draw')).toBeVisible()
    await expect(page.getByRole('tree')).toHaveCount(0)
  })

  await test.step('is told what is wrong, and where', async () => {
    await typeInto(expression(page), 'guests / (4 - 4) + 1')
    await expect(page.getByText('Nothing can be divided by 0.')).toBeVisible()
    await expect(page.locator('mark')).toHaveText('/')
    await expect(page.getByRole('tree')).toHaveCount(0)
    await expectAccessible(page, 'an error in the calculator')
    await page.screenshot({ path: `${shots}calculator-error.png` })
  })

  expect(errors).toEqual([])
})

function expression(page: Page) {
  return page.getByLabel('Expression')
}

function part(page: Page, name: string | RegExp) {
  return page.getByRole('treeitem', { name, exact: true })
}
