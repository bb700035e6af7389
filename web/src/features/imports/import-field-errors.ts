import { isProblem } from '@/api/api-problem'

type ImportField = 'name' | 'format' | 'charset' | 'columns' | 'title'

/** What a refusal says of single choices; that of the columns only where they are shown. */
export function fieldErrorsOf(
  error: unknown,
  hasColumns: boolean,
): Partial<Record<ImportField, string>> {
  const errors = isProblem(error) ? (error.problem.errors ?? []) : []
  return Object.fromEntries(
    errors.flatMap(({ pointer, code, detail }) => {
      const field = fieldOf(pointer, code)
      return field && (hasColumns || !isOfColumns(field)) ? [[field, detail]] : []
    }),
  )
}

function fieldOf(pointer: string, code: string): ImportField | null {
  if (code === 'no-title-column') return 'title'
  if (code === 'invalid-columns' || pointer === '?columns') return 'columns'
  if (pointer === '?name') return 'name'
  if (pointer === '?charset') return 'charset'
  return pointer === '?format' ? 'format' : null
}

const isOfColumns = (field: ImportField) => field === 'columns' || field === 'title'
