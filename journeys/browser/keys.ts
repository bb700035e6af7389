import type { Locator } from '@playwright/test'

/** Types as a user does, key by key, over what a field says: `fill()` would not see a lost focus. */
export async function typeInto(field: Locator, text: string) {
  await field.click()
  await field.press('ControlOrMeta+a')
  await field.press('Delete')
  await field.page().keyboard.type(text)
}
