import { Coins } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { explain, isProblem } from '@/api/api-problem'
import { useSubmitQueue } from '@/api/submit-queue'
import type { ItemView } from '@/api/types'
import { AddBox } from '@/ui/add-box'
import { Button } from '@/ui/button'
import { cn } from '@/ui/cn'
import { EmptyState } from '@/ui/states'
import type { ItemScope } from './item-cache'
import { columns, fieldLabels } from './item-fields'
import { useAddItem } from './item-mutations'
import { ItemRow } from './item-row'
import { ItemSums } from './item-sums'
import { usePendingTotals } from './use-pending-totals'

type Props = {
  projectId: ItemScope
  items: ItemView[]
  /** Shows those of other names, too, when there may be some. */
  onShowAll: (() => void) | undefined
  editable: boolean
  more: { hasMore: boolean; isReading: boolean; problem: string | null; read: () => void }
}

/** A row is a line where there is room for it, and a card where there is not: nothing scrolls aside. */
export function ItemsTable({ projectId, items, onShowAll, editable, more }: Props) {
  const { list, foot } = useFootRoom()
  return (
    <div ref={list} data-items className="@container min-h-0 grow scroll-pt-10 overflow-y-auto">
      <div className="max-w-6xl px-2 sm:px-4">
        {items.length > 0 ? (
          <Rows projectId={projectId} items={items} editable={editable} />
        ) : onShowAll ? (
          <EmptyState
            title="No item is called so"
            actions={<Button onClick={onShowAll}>Show all items</Button>}
          />
        ) : (
          <EmptyState icon={<Coins />} title="Nothing is counted here yet">
            {editable
              ? 'Type the name of the first item below and press Enter.'
              : 'Items will appear here once someone adds them.'}
          </EmptyState>
        )}
        {more.hasMore && (
          <div className="m-1 flex flex-wrap items-center gap-2">
            <Button variant="ghost" disabled={more.isReading} onClick={more.read}>
              Show more
            </Button>
            {more.problem && (
              <p role="alert" className="text-danger">
                {more.problem}
              </p>
            )}
          </div>
        )}
      </div>
      <div
        ref={foot}
        className="sticky bottom-0 z-20 grid max-w-6xl gap-3 bg-surface px-2 pt-2 pb-4 sm:px-4"
      >
        {editable && <AddItem projectId={projectId} />}
        <div className="px-2 @3xl:pr-16">
          <ItemSums projectId={projectId} />
        </div>
      </div>
    </div>
  )
}

/** What gets the focus is scrolled clear of the foot, which covers the end of the list. */
function useFootRoom() {
  const list = useRef<HTMLDivElement>(null)
  const foot = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const measure = () => {
      if (list.current && foot.current)
        list.current.style.scrollPaddingBottom = `${foot.current.offsetHeight + 8}px`
    }
    measure()
    const observer = new ResizeObserver(measure)
    if (foot.current) observer.observe(foot.current)
    return () => observer.disconnect()
  }, [])
  return { list, foot }
}

function AddItem({ projectId }: { projectId: ItemScope }) {
  const add = useAddItem(projectId)
  const line = useSubmitQueue({
    place: `item ${projectId}`,
    write: (name: string, key) => add.mutateAsync({ name, key }),
  })
  const here = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // What was added is above this line, which may cover it.
    const list = add.data && here.current?.closest('[data-items]')
    if (list) list.scrollTop = list.scrollHeight
  }, [add.data])
  return (
    <div ref={here}>
      <AddBox
        label="Add an item"
        hotkey="n"
        maxLength={200}
        problem={add.error && reasonOf(add.error)}
        waiting={line.waiting}
        refused={line.refused}
        onAdd={(name) => line.add(name, name)}
      />
    </div>
  )
}

function reasonOf(error: Error): string {
  const details = isProblem(error) ? (error.problem.errors ?? []).map(({ detail }) => detail) : []
  return details.join(' ') || explain(error)
}

function Rows({ projectId, items, editable }: Omit<Props, 'more' | 'onShowAll'>) {
  const pending = usePendingTotals(projectId, items, editable)
  return (
    <table className="block w-full border-collapse @3xl:table @3xl:table-fixed">
      <thead className="sr-only @3xl:not-sr-only @3xl:table-header-group">
        <tr>
          {columns.map((field) => (
            <th key={field} scope="col" className={cn(heading, widths[field])}>
              {fieldLabels[field]}
            </th>
          ))}
          <th scope="col" className={cn(heading, 'w-32 pr-0 text-right @5xl:w-36')}>
            Total
          </th>
          <th scope="col" className={cn(heading, 'w-16 pointer-coarse:w-19')}>
            <span className="sr-only">Details and removal</span>
          </th>
        </tr>
      </thead>
      <tbody className="block @3xl:table-row-group">
        {items.map((item) => (
          <ItemRow
            key={item.id}
            item={item}
            projectId={projectId}
            editable={editable}
            reasons={pending.reasonsFor(item)}
            isAsking={pending.isAsking}
            onAsk={pending.ask}
          />
        ))}
      </tbody>
    </table>
  )
}

const heading =
  '@3xl:sticky @3xl:top-0 @3xl:z-20 bg-surface px-2.75 pt-3 pb-1.5 text-left font-medium text-ink-faint text-xs'

/** The name has what the others leave: where there is little room, they are narrow. */
const widths = {
  name: '',
  quantity: 'w-20 text-right @5xl:w-24',
  unit: 'w-16 @5xl:w-20',
  unitPrice: 'w-24 text-right @5xl:w-28',
  currency: 'w-20 @5xl:w-22',
  formula: 'w-[12%] @5xl:w-1/5',
}
