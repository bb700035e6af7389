import type { CalculationDraft, CalculationResult } from '../api/types'
import { type Call, invalid, type Route } from './fake-tarn.ts'

/** Knows how to add: as much of a calculator as the pages need. */
function calculate({ json }: Call) {
  const { expression, variables, scale } = json as CalculationDraft
  const terms = expression.split('+').map((term) => {
    const name = term.trim().replace(/^\w+\((.*)\)$/, '$1')
    return Number(variables?.[name] ?? name)
  })
  const sum = terms.reduce((one, other) => one + other, 0)
  if (Number.isNaN(sum)) throw invalid('/expression', 'This can not be worked out.', 'syntax')
  const body: CalculationResult = {
    result: typeof scale === 'number' ? sum.toFixed(scale) : String(sum),
    type: 'decimal',
    exact: typeof scale !== 'number',
    expression: expression.trim(),
  }
  return { body }
}

export const calculationRoutes: Route[] = [
  { method: 'POST', path: '/api/calculations', run: calculate },
]
