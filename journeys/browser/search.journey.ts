import { expect } from '@playwright/test'
import { expectAccessible } from './axe.js'
import { errorsOf } from './errors.js'
import { typeInto } from './keys.js'
import { test } from './tarn.js'
import { register } from './user.js'

const runa = {
  name: 'Runa Vik',
  email: 'runa@example.org',
  password: 'birch and heather by the lake',
}

const titles = ['PROJ-42 broke', 'Fix <Button>', 'Read report.pdf', 'Das Café', '東京で会議をする']
const searches: [text: string, title: string, marked: string][] = [
  ['proj-4', 'PROJ-42 broke', 'PROJ-42'],
  ['<butt', 'Fix <Button>', 'Button'],
  ['report.p', 'Read report.pdf', 'report.pdf'],
  ['cafe', 'Das Café', 'Café'],
  ['会議', '東京で会議をする', '会議'],
]

test('a user finds what was written, by keyboard and on a phone', async ({ page, shots }) => {
  const errors = errorsOf(page)

  await test.step('there is a project with tasks', async () => {
    await page.goto('/register')
    await register(page, runa)
    await page.getByRole('button', { name: 'New project' }).click()
    const dialog = page.getByRole('dialog', { name: 'New project' })
    await expect(dialog.getByLabel('Name')).toBeFocused()
    await page.keyboard.type('Lighthouse')
    await dialog.getByRole('button', { name: 'Create' }).click()
    for (const title of titles) {
      await typeInto(page.getByLabel('Add a task'), title)
      await page.keyboard.press('Enter')
      await expect(page.getByRole('link', { name: title })).toBeVisible()
    }
  })

  const palette = page.getByRole('dialog', { name: 'Search' })
  const box = palette.getByRole('combobox', { name: 'Search everything' })

  await test.step('everything is found as typed, in part and by its beginning', async () => {
    await page.getByRole('link', { name: 'All projects' }).click()
    await page.keyboard.press('Control+k')
    await expect(box).toBeFocused()
    for (const [text, title, marked] of searches) {
      await box.fill(text)
      const option = palette.getByRole('option', { name: title })
      await expect(option.locator('mark')).toHaveText(marked)
      await expect(option).toHaveAttribute('aria-selected', 'true')
    }
    await expectAccessible(page, 'the palette')
    await page.screenshot({ path: `${shots}palette.png` })
  })

  await test.step('Enter leads there', async () => {
    await box.press('Enter')
    await expect(palette).toHaveCount(0)
    await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('東京で会議をする')
  })

  await test.step('it works on a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto('/projects')
    await page.getByRole('button', { name: 'Search everything' }).click()
    await box.fill('light')
    const option = palette.getByRole('option', { name: 'Lighthouse' }).first()
    await expect(option).toBeVisible()
    await page.screenshot({ path: `${shots}palette-phone.png` })
    await option.click()
    await expect(page.getByRole('heading', { name: 'Lighthouse' })).toBeVisible()
  })

  expect(errors).toEqual([])
})
