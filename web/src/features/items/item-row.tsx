import { X } from 'lucide-react'
import { useRef } from 'react'
import type { ItemView } from '@/api/types'
import { Button } from '@/ui/button'
import { legible } from '@/ui/legible'
import { ItemCell } from './item-cell'
import { type CellProblem, fields } from './item-fields'
import { useRemoveItem } from './item-mutations'
import { TotalCell } from './total-cell'
import { useItemEdits } from './use-item-edits'

type Props = {
  item: ItemView
  projectId: string
  editable: boolean
  /** Why there is no total. */
  reasons: CellProblem[]
  isAsking: boolean
  onAsk: () => void
}

export function ItemRow({ item, projectId, editable, reasons, isAsking, onAsk }: Props) {
  const { cell, isSaving, forget } = useItemEdits(item, reasons)
  const row = useRef<HTMLTableRowElement>(null)
  const remove = useRemoveItem(projectId, () => {
    forget()
    goOn(row.current)
  })
  const name = legible(item.name)
  return (
    <tr
      ref={row}
      className="group flex flex-wrap border-line/70 border-b py-1.5 before:order-4 before:basis-full before:content-[''] focus-within:bg-hover/40 hover:bg-hover/60 @3xl:table-row @3xl:py-0 @3xl:before:content-none"
    >
      {fields.map((field) => (
        <ItemCell
          key={field}
          field={field}
          itemName={name}
          cell={cell(field)}
          editable={editable}
        />
      ))}
      <TotalCell
        item={item}
        isOld={isSaving}
        isAsking={isAsking}
        onAsk={editable ? onAsk : undefined}
      />
      <td className="order-3 w-9 p-0 py-0.5 text-right align-top">
        {editable && (
          <Button
            variant="ghost"
            size="small-icon"
            data-remove
            aria-label={`Remove ${name}`}
            className="opacity-0 focus-visible:opacity-100 group-hover:opacity-100 pointer-coarse:size-9 pointer-coarse:opacity-100"
            disabled={remove.isPending}
            onClick={() => remove.mutate(item)}
          >
            <X className="size-3.5" aria-hidden="true" />
          </Button>
        )}
      </td>
    </tr>
  )
}

/** Whoever removed a row by its button has the next one before them, or adds another. */
function goOn(row: HTMLTableRowElement | null) {
  const { activeElement, body } = document
  if (activeElement !== body && !row?.contains(activeElement)) return
  const next = row?.nextElementSibling?.querySelector<HTMLElement>('[data-remove]')
  const target = next ?? row?.closest('[data-items]')?.querySelector<HTMLElement>('form input')
  target?.focus()
}
