import { type KeyboardEvent, useState } from 'react'
import { flushSync } from 'react-dom'
import { cn } from '@/ui/cn'
import { Input } from '@/ui/field'
import { isComposing } from '@/ui/is-composing'
import { type Column, fieldLabels, usualFormula } from './item-fields'
import type { Cell } from './use-item-edits'

/** `noteId`: of what is wrong with it, which stands below the row. */
type Props = { field: Column; itemName: string; cell: Cell; editable: boolean; noteId: string }

/**
 * A text that is a field as soon as one is in it: leaving saves it, Enter too and goes on below,
 * Escape brings back what stood there, the arrows go up and down the column.
 */
export function ItemCell({ field, itemName, cell, editable, noteId }: Props) {
  const [isEdited, setEdited] = useState(false)
  const hasNote = cell.problems.length > 0
  const isUsual = field === 'formula' && cell.text === usualFormula
  const isLine = field === 'formula' && !isUsual
  const look = cn(looks[field], isUsual && 'text-ink-faint @max-3xl:text-right')
  return (
    <td
      className={cn(
        'min-w-0 p-0 align-top',
        places[field],
        isUsual && '@max-3xl:flex-1',
        isLine && '@max-3xl:basis-full',
      )}
    >
      {editable ? (
        <Input
          look="bare"
          className={cn(
            'text-ellipsis @3xl:placeholder:text-transparent @3xl:focus:placeholder:text-ink-faint',
            look,
            cell.isSaving && 'text-ink-soft',
          )}
          aria-label={`${fieldLabels[field]} of ${itemName}`}
          aria-invalid={hasNote || undefined}
          aria-describedby={hasNote ? noteId : undefined}
          aria-busy={cell.isSaving || undefined}
          autoComplete="off"
          spellCheck={field === 'name'}
          enterKeyHint="done"
          data-field={field}
          {...inputs[field]}
          onPointerEnter={(event) => nameWhole(event.currentTarget)}
          value={isEdited ? cell.text : cell.atRest}
          onFocus={(event) => keepSelected(event.currentTarget, () => setEdited(true))}
          onChange={(event) => cell.type(event.target.value)}
          onBlur={() => {
            setEdited(false)
            cell.save()
          }}
          onKeyDown={(event) => onKey(event, cell)}
        />
      ) : (
        <span dir="auto" className={cn('block wrap-anywhere px-2.75 py-1.5', look)}>
          {cell.atRest}
        </span>
      )}
    </td>
  )
}

/** What does not fit in comes up where one points at it. */
function nameWhole(input: HTMLInputElement) {
  input.title = input.scrollWidth > input.clientWidth ? input.value : ''
}

/** Another text in a field that is selected as a whole, which it stays. */
function keepSelected(input: HTMLInputElement, change: () => void) {
  const isAll = input.selectionStart === 0 && input.selectionEnd === input.value.length
  flushSync(change)
  if (isAll) input.select()
}

function onKey(event: KeyboardEvent<HTMLInputElement>, cell: Cell) {
  // Enter may choose among what an input method proposes.
  if (isComposing(event)) return
  if (event.key === 'Enter') {
    if (cell.save(true)) goAlongColumn(event, event.shiftKey)
  } else if (event.key === 'Escape') {
    event.stopPropagation()
    cell.restore()
  } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp')
    goAlongColumn(event, event.key === 'ArrowUp')
}

function goAlongColumn(event: KeyboardEvent<HTMLInputElement>, isUp: boolean) {
  const { dataset } = event.currentTarget
  const column = event.currentTarget
    .closest('table')
    ?.querySelectorAll<HTMLInputElement>(`[data-field="${dataset.field}"]`)
  const cells = Array.from(column ?? [])
  const cell = cells[cells.indexOf(event.currentTarget) + (isUp ? -1 : 1)]
  if (!cell) return
  event.preventDefault()
  cell.focus()
  cell.select()
}

/** In a narrow window a row is a card: the name and the total, then what is counted and how. */
const places: Record<Column, string> = {
  name: 'order-1 grow basis-2/5',
  quantity: 'order-5',
  unit: 'order-5',
  unitPrice:
    'order-5 @max-3xl:relative @max-3xl:pl-4 @max-3xl:before:absolute @max-3xl:before:top-1.5 @max-3xl:before:left-1 @max-3xl:before:text-ink-faint @max-3xl:before:content-["×"] @max-3xl:pointer-coarse:before:top-2.5',
  currency: 'order-5',
  formula: 'order-6',
}

/** As wide as its text, where there is no column to keep to. */
const fitting = '@max-3xl:w-auto @max-3xl:min-w-10 @max-3xl:max-w-32 @max-3xl:field-sizing-content'

const looks: Record<Column, string> = {
  name: 'font-medium',
  quantity: cn(fitting, 'tabular-nums @3xl:text-right'),
  unit: fitting,
  unitPrice: cn(fitting, 'tabular-nums @3xl:text-right'),
  currency: fitting,
  formula: 'font-mono text-xs',
}

const inputs = {
  name: { maxLength: 200 },
  quantity: { inputMode: 'decimal', maxLength: 40 },
  unit: { maxLength: 30, placeholder: 'unit' },
  unitPrice: { inputMode: 'decimal', maxLength: 40 },
  currency: { maxLength: 3, placeholder: 'EUR', autoCapitalize: 'characters' },
  formula: { maxLength: 1000, placeholder: usualFormula },
} as const
