import { expect, type Page } from '@playwright/test'

/** The page fits its window: it scrolls down alone. */
export async function expectNoSidewaysScroll(page: Page) {
  const wide = await page.evaluate(
    () =>
      [...document.querySelectorAll('main, main > div, main > div > div')].filter(
        ({ scrollWidth, clientWidth }) => scrollWidth > clientWidth,
      ).length,
  )
  expect(wide).toBe(0)
}
