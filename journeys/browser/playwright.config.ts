import { existsSync } from 'node:fs'
import { defineConfig } from '@playwright/test'

const browsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const executablePath = process.env.TARN_CHROMIUM ?? browsers.find((path) => existsSync(path))
const asRoot = process.getuid?.() === 0

/** Every journey is made twice, at the same time: on Tarn as one process, and as many. */
export default defineConfig<object, { split: boolean }>({
  testMatch: '*.journey.ts',
  timeout: 240_000,
  projects: [
    { name: 'one', workers: 1, use: { split: false } },
    // TimetableTest runs the jobs in both shapes; a clock is set ahead in one.
    { name: 'split', workers: 1, use: { split: true }, testIgnore: 'timetable.journey.ts' },
  ],
  expect: { timeout: 10_000 },
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list'], ['./skips.ts']],
  use: {
    viewport: { width: 1360, height: 860 },
    locale: 'en-GB',
    colorScheme: 'light',
    // No traces: journeys take a quarter longer with them. `npx playwright test --trace on` where one is needed.
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        ...(asRoot ? ['--no-sandbox'] : []),
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        // A host that no browser trusts as it does localhost.
        '--host-resolver-rules=MAP boat.test 127.0.0.1',
      ],
    },
  },
})
