import type {
  CalculationDraft,
  CalculationOperation,
  CalculationResult,
  CalculationStep,
} from '../api/types'
import { type Call, invalid, type Route } from './fake-call.ts'

/** Knows how to add: as much of a calculator as the pages need. */
function calculate({ json }: Call) {
  const draft = json as CalculationDraft
  const { sum, steps } = added(draft)
  if (Number.isNaN(sum)) throw invalid('/expression', 'This cannot be worked out.', 'syntax')
  const rounded = typeof draft.scale === 'number'
  const body: CalculationResult = {
    result: rounded ? sum.toFixed(draft.scale ?? 0) : String(sum),
    type: 'decimal',
    exact: !rounded,
    expression: draft.expression.trim(),
    ...(draft.steps ? { steps } : {}),
  }
  return { body }
}

/** From the left: each term, a call of one argument among them, and then all there is so far. */
function added({ expression, variables }: CalculationDraft) {
  const steps: CalculationStep[] = []
  const step = (
    kind: CalculationStep['kind'],
    text: string,
    operands: number[],
    value: number,
    position: number,
  ) => steps.push({ kind, text, operands, value: String(value), exact: true, position }) - 1
  let sum = 0
  let whole = -1
  let begin = 0
  for (const term of expression.split('+')) {
    const position = begin + term.search(/\S|$/)
    const [, called = '', name = term.trim()] = term.trim().match(/^(\w+)\((.*)\)$/) ?? []
    const given = variables?.[name]
    const value = Number(given ?? name)
    const kind = given === undefined ? 'number' : 'variable'
    const inner = called ? position + called.length + 1 : position
    let part = step(kind, name, [], value, inner)
    if (called) part = step('function', called, [part], value, position)
    sum += value
    whole = whole < 0 ? part : step('operator', '+', [whole, part], sum, begin - 1)
    begin += term.length + 1
  }
  return { sum, steps }
}

const operations: CalculationOperation[] = [
  { name: '+', kind: 'operator', meaning: 'adds', minArguments: 2, maxArguments: 2 },
  { name: 'if', kind: 'function', meaning: 'one or the other', minArguments: 3, maxArguments: 3 },
  { name: 'sum', kind: 'function', meaning: 'all of them', minArguments: 1, maxArguments: null },
]

export const calculationRoutes: Route[] = [
  { method: 'POST', path: '/api/calculations', run: calculate },
  {
    method: 'GET',
    path: '/api/calculations/operations',
    run: () => ({ body: { items: operations } }),
  },
]
