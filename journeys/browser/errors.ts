import type { Page } from '@playwright/test'

/** What a browser complains of: broken scripts, and anything the content security policy stops. */
export function errorsOf(page: Page, outage: () => boolean = () => false): string[] {
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => {
    const text = message.text()
    // A refused request is expected (nobody is signed in yet), and one that a busy machine
    // answered with 503 is sent again by the page; a refused script is a fault.
    const refused = /status of (4\d\d|503)/.test(text)
    // An open page asks again by itself, and nobody answers while Tarn is away.
    const unanswered = outage() && /Failed to load resource/.test(text)
    if (message.type() === 'error' && !refused && !unanswered)
      errors.push(`${text} ${message.location().url}`)
  })
  return errors
}
