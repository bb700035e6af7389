import { describe, expect, it } from 'vitest'
import { ApiProblem } from '@/api/api-problem'
import { problemsOf } from './item-fields'

function toldOf(formula: string) {
  const place = { pointer: '/formula', code: 'unexpected', detail: 'Expected.', position: 0 }
  const problem = { type: '', title: '', status: 422, code: '', detail: '', traceId: '' }
  const refused = new ApiProblem({ ...problem, errors: [place] })
  return problemsOf(refused, 'formula', () => formula).map(({ detail }) => detail)
}

describe('a refused formula', () => {
  it.each(['quantity * 1,5', 'quantity * (1,5 + 2)', 'round(quantity) * 1,5', '1,5 * round(1'])(
    'is told of points where its comma can be nothing else: %s',
    (formula) => {
      expect(toldOf(formula)).toEqual([
        'Expected. Formulas are written with a point: 1.5, not 1,5.',
      ])
    },
  )

  it.each([
    'min(1,2) +',
    'min(1,2',
    'min((quantity + 1) * 3,4) +',
    'max (round(2,1),3) prize',
    '1 ,5',
  ])('is not told of points where its comma is in its place: %s', (formula) => {
    expect(toldOf(formula)).toEqual(['Expected.'])
  })
})
