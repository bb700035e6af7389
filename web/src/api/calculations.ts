import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from './client'
import type { CalculationDraft, CalculationResult } from './types'

/** A result, and the expression that it is of: it is still shown while the next is on its way. */
export type Calculated = CalculationResult & { asked: string }

/** What an expression comes to. The same question is asked once: an expression's value does not change. */
export const calculationQuery = (draft: CalculationDraft) =>
  queryOptions({
    queryKey: ['calculation', draft],
    queryFn: async ({ signal }): Promise<Calculated> => ({
      ...(await call('POST', '/api/calculations', {
        body: { ...draft, steps: true },
        signal,
      })),
      asked: draft.expression,
    }),
    enabled: draft.expression.trim() !== '',
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  })

/** What an expression may be made of: the same until the server is another. */
export const operationsQuery = queryOptions({
  queryKey: ['operations'],
  queryFn: ({ signal }) => call('GET', '/api/calculations/operations', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
})
