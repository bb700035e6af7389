import { ApiProblem, explain } from '@/api/api-problem'
import type { ItemChange, ItemView } from '@/api/types'
import { invisibleIn, oneLine } from '@/ui/visible'
import { formatDecimal, readDecimal } from './decimals'

export const fieldLabels = {
  name: 'Name',
  quantity: 'Quantity',
  unit: 'Unit',
  unitPrice: 'Unit price',
  currency: 'Currency',
  formula: 'Formula',
  description: 'Description',
} as const

export type Field = keyof typeof fieldLabels
const fields = Object.keys(fieldLabels) as Field[]

/** What stands in the line of an item; its description is below. */
export type Column = Exclude<Field, 'description'>
export const columns = fields.filter((field) => field !== 'description')

/** What the server takes when no formula is given. */
export const usualFormula = 'quantity * unitPrice'

export const textOf = (item: ItemView, field: Field): string => item[field] ?? ''

const isNumber = (field: Field) => field === 'quantity' || field === 'unitPrice'

/** A cell's text as people here write it; not grouped while someone edits it. */
export const written = (field: Field, text: string, grouped: boolean): string =>
  isNumber(field) ? formatDecimal(text, grouped) : text

/** What was typed, as it is meant: numbers as people here write them, and currencies are large. */
export function meant(field: Field, typed: string): string {
  if (field === 'name' || field === 'unit') return oneLine(typed)
  const text = typed.trim()
  if (field === 'currency') return text.toUpperCase()
  // What is indented first is code in Markdown.
  if (field === 'description') return text && typed.trimEnd()
  return isNumber(field) ? (readDecimal(text) ?? text) : text
}

/** Why it need not be sent: the server would refuse it, in words for programs. */
export function refusalOf(field: Field, text: string): string | null {
  if (field === 'name' && text === '') return 'A name is needed.'
  if (field === 'name' || field === 'unit') return invisibleIn(text)
  if (field === 'currency' && !/^([A-Z]{3})?$/.test(text)) return 'Three letters, as in EUR.'
  if (isNumber(field) && !isDecimal(text))
    return /^[+-]?\d+,\d+$/.test(text)
      ? `Write a point: ${text.replace(',', '.')}.`
      : `A number such as ${formatDecimal('2.5')}, of at most 20 digits and 10 decimals.`
  return null
}

const isDecimal = (text: string) => text === '' || /^[+-]?\d{1,20}(\.\d{1,10})?$/.test(text)

/** An emptied cell goes back to what the server takes when nothing is said. */
export function changeOf(field: Field, text: string): ItemChange {
  return { [field]: text === '' && field !== 'unit' ? null : text }
}

/** Something that is wrong with a cell; `text` is what `position` counts in. */
export type CellProblem = { field: Field; detail: string; position: number | null; text: string }

/** Numbers in cells are written as people here do, but formulas are the same for everybody. */
const withPoint = 'Formulas are written with a point: 1.5, not 1,5.'

/** Whether a comma stands within a number: not where it parts what a function is given. */
function hasDecimalComma(formula: string): boolean {
  const calls: boolean[] = []
  for (const [found, name] of formula.matchAll(/([\p{L}_][\p{L}\p{M}\d_]*\s*)?\(|\)|\d,\d/gu)) {
    if (found.endsWith('(')) calls.push(name !== undefined)
    else if (found === ')') calls.pop()
    else if (!calls.includes(true)) return true
  }
  return false
}

/** The server's errors by the cells they are about; what is about none is the edited one's. */
export function problemsOf(error: unknown, field: Field, text: (of: Field) => string) {
  const places = error instanceof ApiProblem ? (error.problem.errors ?? []) : []
  const found = places.map(({ pointer, detail, position }): CellProblem => {
    const at = fieldAt(pointer) ?? field
    const hint = at === 'formula' && hasDecimalComma(text(at)) ? ` ${withPoint}` : ''
    return { field: at, detail: detail + hint, position: position ?? null, text: text(at) }
  })
  return found.length > 0 ? found : [problemAt(field, explain(error))]
}

export const problemAt = (field: Field, detail: string): CellProblem => ({
  field,
  detail,
  position: null,
  text: '',
})

function fieldAt(pointer: string): Field | undefined {
  return fields.find((field) => `/${field}` === pointer)
}

export const noTotal = 'This formula comes to no total: change it.'

export type Difference = { label: string; value: string }

/** What someone else has written, in the words of the table. */
export const differenceIn = (theirs: ItemView, field: Field): Difference => ({
  label: fieldLabels[field],
  value: written(field, textOf(theirs, field), true) || 'none',
})
