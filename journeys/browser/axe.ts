import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

export const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** Nothing stands between this page and anybody who comes to it: by the rules, and by good practice. */
export async function expectAccessible(page: Page, where: string, rules = [...wcag, 'best-practice']) {
  await settled(page)
  const { violations } = await new AxeBuilder({ page })
    .withTags(rules)
    .analyze()
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
  )
  expect(found, `accessibility of ${where}`).toEqual([])
}

/**
 * Waits for the page's heading, before which the document is empty, and for what fades or slides in: half way it has
 * half its contrast. What moves for ever is not waited for.
 */
async function settled(page: Page) {
  await expect(page.locator('h1').first(), 'the page has its heading').toBeAttached()
  const moving = () =>
    document
      .getAnimations()
      .filter((each) => each.playState === 'running' && Number.isFinite(each.effect?.getComputedTiming().endTime))
      .length
  await expect.poll(() => page.evaluate(moving), { message: 'what fades in has done so' }).toBe(0)
}
