import { type KeyboardEvent, lazy, Suspense, useId } from 'react'
import { Textarea } from '@/ui/field'
import { isComposing } from '@/ui/is-composing'
import { Skeleton } from '@/ui/skeleton'
import { CellNote } from './cell-note'
import type { Cell } from './use-item-edits'

const Markdown = lazy(() => import('@/ui/markdown').then((file) => ({ default: file.Markdown })))

type Props = { id: string; itemName: string; cell: Cell; editable: boolean }

/** What there is to say about an item, below its line: saved as a cell is, when one leaves it. */
export function ItemDescription({ id, itemName, cell, editable }: Props) {
  const noteId = useId()
  const hasNote = cell.problems.length > 0
  return (
    <tr id={id} className="block border-line/70 border-b @3xl:table-row">
      <td colSpan={8} className="block px-2.75 py-2 @3xl:table-cell">
        {editable ? (
          <Textarea
            aria-label={`Description of ${itemName}`}
            aria-invalid={hasNote || undefined}
            aria-describedby={hasNote ? noteId : undefined}
            aria-busy={cell.isSaving || undefined}
            placeholder="Details, in Markdown"
            maxLength={20_000}
            className="field-sizing-content max-h-96 min-h-16"
            value={cell.text}
            onChange={(event) => cell.type(event.target.value)}
            onBlur={() => cell.save()}
            onKeyDown={(event) => onKey(event, cell)}
          />
        ) : (
          <Suspense fallback={<Skeleton className="h-16" />}>
            <Markdown>{cell.text}</Markdown>
          </Suspense>
        )}
        {hasNote && <CellNote id={noteId} cell={cell} />}
      </td>
    </tr>
  )
}

function onKey(event: KeyboardEvent, cell: Cell) {
  if (isComposing(event)) return
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) cell.save(true)
  else if (event.key === 'Escape') {
    event.stopPropagation()
    cell.restore()
  }
}
