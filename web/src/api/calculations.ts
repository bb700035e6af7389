import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from './client'
import type { CalculationDraft, CalculationResult } from './types'

/** What an expression comes to. The same question is asked once: an expression's value does not change. */
export const calculationQuery = (draft: CalculationDraft) =>
  queryOptions({
    queryKey: ['calculation', draft],
    queryFn: ({ signal }) =>
      call<CalculationResult>('POST', '/api/calculations', { body: draft, signal }),
    enabled: draft.expression.trim() !== '',
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  })
