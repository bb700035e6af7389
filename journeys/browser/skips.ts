import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter'

/** Says which journeys were not made, and why; the list of journeys has no reasons. */
export default class Skips implements Reporter {
  onTestEnd(test: TestCase, result: TestResult) {
    if (result.status !== 'skipped') return
    const reasons = result.annotations.map(({ description }) => description)
    console.log(`Not shown: ${test.title}: ${reasons.join(', ')}`)
  }
}
