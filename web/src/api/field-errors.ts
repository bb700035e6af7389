import type { FieldValues, Path, UseFormReturn } from 'react-hook-form'
import { ApiProblem, explain } from './api-problem'

/**
 * Shows the server's errors at their fields, and what belongs to no field on the form itself
 * (`errors.root`).
 */
export function showAtFields<T extends FieldValues>(
  { setError, getValues }: Pick<UseFormReturn<T>, 'setError' | 'getValues'>,
  error: unknown,
): void {
  const fields = Object.keys(getValues())
  const homeless: string[] = []
  const errors = error instanceof ApiProblem ? (error.problem.errors ?? []) : []
  for (const { pointer, detail } of errors) {
    const field = fieldOf(pointer)
    if (fields.includes(field)) setError(field as Path<T>, { type: 'server', message: detail })
    else homeless.push(detail)
  }
  if (errors.length === 0) homeless.push(explain(error))
  if (homeless.length > 0) setError('root', { type: 'server', message: homeless.join(' ') })
}

/** `/title` and `/assignees/0` both belong to the control named by the first step. */
function fieldOf(pointer: string): string {
  const first = pointer.split('/')[1] ?? ''
  return first.replace(/~1/g, '/').replace(/~0/g, '~')
}
