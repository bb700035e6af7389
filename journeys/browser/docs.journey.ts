import { expect } from '@playwright/test'
import { expectAccessible, wcag } from './axe.js'
import { errorsOf } from './errors.js'
import { typeInto } from './keys.js'
import { test } from './tarn.js'

const mika = {
  name: 'Mika Lind',
  email: 'mika@example.org',
  password: 'moss and granite beside the hut',
}

test('a user asks the graph from its explorer', async ({ page, shots }) => {
  const errors = errorsOf(page)

  await test.step('comes from the API’s page, and has to sign in first', async () => {
    await page.goto('/docs')
    await page.getByRole('link', { name: 'The graph' }).click()
    await expect(page).toHaveURL('/docs/graphql')
    // Its headings and landmarks are GraphiQL's own.
    await expectAccessible(page, 'the explorer when nobody is signed in', wcag)
    await page.getByRole('link', { name: 'Sign in' }).click()
    await page.getByRole('link', { name: 'Create an account' }).or(firstAccount()).click()
    await typeInto(page.getByLabel('Name'), mika.name)
    await typeInto(page.getByLabel('E-mail'), mika.email)
    await typeInto(page.getByLabel('Password'), mika.password)
    await page.getByRole('button', { name: 'Create account' }).click()
    await expect(page).toHaveURL('/docs/graphql')
  })

  await test.step('opens a project with the second example', async () => {
    await run('OpenProject')
    await expect(answer()).toContainText('"name": "Opened from the explorer"')
  })

  await test.step('finds it with the first', async () => {
    await run('Projects')
    await expect(answer()).toContainText('"name": "Opened from the explorer"')
    await page.screenshot({ path: `${shots}explorer-light.png` })
  })

  await test.step('is helped to write by the schema', async () => {
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click()
    await page.getByRole('link', { name: 'Query', exact: true }).click()
    await expect(page.getByText('The projects of the user who asks, by name.')).toBeVisible()
  })

  expect(errors).toEqual([])

  function firstAccount() {
    return page.getByRole('link', { name: 'Set up the first account' })
  }

  function answer() {
    return page.getByRole('region', { name: 'Result Window' })
  }

  function editor() {
    return page.getByRole('region', { name: 'Operation Editor' })
  }

  /** What the editor shows is run: a tab that is chosen before it is there changes nothing in it. */
  async function run(name: string) {
    await expect(editor()).toContainText(/(query|mutation)\s/)
    await page.getByRole('tab', { name }).click()
    await expect(editor()).toContainText(new RegExp(`(query|mutation)\\s${name}`))
    await page.getByRole('button', { name: /Execute query/ }).click()
  }
})
