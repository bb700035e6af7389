import { NotepadText, X } from 'lucide-react'
import { useId, useRef, useState } from 'react'
import type { ItemView } from '@/api/types'
import { Button } from '@/ui/button'
import { cn } from '@/ui/cn'
import { legible } from '@/ui/legible'
import { CellNote } from './cell-note'
import type { ItemScope } from './item-cache'
import { ItemCell } from './item-cell'
import { ItemDescription } from './item-description'
import { type CellProblem, type Column, columns, fieldLabels } from './item-fields'
import { useDeleteItem } from './item-mutations'
import { TotalCell } from './total-cell'
import { type Cell, useItemEdits } from './use-item-edits'

type Props = {
  item: ItemView
  projectId: ItemScope
  editable: boolean
  /** Why there is no total. */
  reasons: CellProblem[]
  isAsking: boolean
  onAsk: () => void
}

export function ItemRow({ item, projectId, editable, reasons, isAsking, onAsk }: Props) {
  const { cell, isSaving, forget } = useItemEdits(item, reasons)
  const row = useRef<HTMLTableRowElement>(null)
  const remove = useDeleteItem(projectId, () => {
    forget()
    goOn(row.current)
  })
  const name = legible(item.name)
  const detailsId = useId()
  const notesId = useId()
  const [isOpen, setOpen] = useState(false)
  const description = cell('description')
  const showsMore = isOpen || description.isRefused
  return (
    <>
      <tr
        ref={row}
        className="group flex flex-wrap border-line/70 border-b py-1.5 before:order-4 before:basis-full before:content-[''] focus-within:bg-hover/40 hover:bg-hover/60 @3xl:table-row @3xl:py-0 @3xl:before:content-none"
      >
        {columns.map((field) => (
          <ItemCell
            key={field}
            field={field}
            itemName={name}
            cell={cell(field)}
            editable={editable}
            noteId={`${notesId}${field}`}
          />
        ))}
        <TotalCell
          item={item}
          isOld={isSaving}
          isAsking={isAsking}
          onAsk={editable ? onAsk : undefined}
        />
        <td className="order-3 w-16 p-0 py-0.5 text-right align-top pointer-coarse:w-19">
          {(editable || item.description) && (
            <Button
              variant="ghost"
              size="small-icon"
              aria-label={`Details of ${name}`}
              aria-expanded={showsMore}
              aria-controls={showsMore ? detailsId : undefined}
              className={cn(hidden, (item.description || showsMore) && 'text-accent opacity-100')}
              onClick={() => setOpen(!isOpen)}
            >
              <NotepadText className="size-3.5" aria-hidden="true" />
            </Button>
          )}
          {editable && (
            <Button
              variant="ghost"
              size="small-icon"
              data-remove
              aria-label={`Remove ${name}`}
              className={hidden}
              disabled={remove.isPending}
              onClick={() => remove.mutate(item)}
            >
              <X className="size-3.5" aria-hidden="true" />
            </Button>
          )}
        </td>
      </tr>
      <RowNotes id={notesId} cell={cell} />
      {showsMore && (
        <ItemDescription id={detailsId} itemName={name} cell={description} editable={editable} />
      )}
    </>
  )
}

/** What is wrong with the cells of a row, side by side below it, so that no note covers another. */
function RowNotes({ id, cell }: { id: string; cell: (field: Column) => Cell }) {
  const faulty = columns.filter((field) => cell(field).problems.length > 0)
  if (faulty.length === 0) return null
  return (
    <tr className="block border-line/70 border-b @3xl:table-row">
      <td colSpan={8} className="block px-2.75 py-2 @3xl:table-cell">
        <div className="flex flex-wrap items-start gap-2">
          {faulty.map((field) => (
            <CellNote
              key={field}
              id={`${id}${field}`}
              label={fieldLabels[field]}
              cell={cell(field)}
            />
          ))}
        </div>
      </td>
    </tr>
  )
}

/** Seen where one is, or where nothing can be pointed at. */
const hidden =
  'opacity-0 focus-visible:opacity-100 group-hover:opacity-100 pointer-coarse:size-9 pointer-coarse:opacity-100'

/** Whoever removed a row by its button has the next one before them, or adds another. */
function goOn(row: HTMLTableRowElement | null) {
  const { activeElement, body } = document
  if (activeElement !== body && !row?.contains(activeElement)) return
  const list = row?.closest('[data-items]')
  const buttons = Array.from(list?.querySelectorAll<HTMLElement>('[data-remove]') ?? [])
  const next = buttons[buttons.findIndex((button) => row?.contains(button)) + 1]
  const target = next ?? list?.querySelector<HTMLElement>('form input')
  target?.focus()
}
