import { Plus } from 'lucide-react'
import { useRef, useState } from 'react'
import { Button } from '@/ui/button'
import { cn } from '@/ui/cn'
import { EndMark } from '@/ui/end-mark'
import { legible } from '@/ui/legible'
import { useHotkey } from '@/ui/use-hotkey'
import { BoardCard } from './board-card'
import { useColumnDrop } from './board-drag'
import type { CardActions, Destination } from './card-actions'
import { countOf, type TaskGroup } from './list-rows'
import type { ViewProps } from './list-view'
import { QuickAdd } from './quick-add'
import type { ProjectParts } from './task-queries'

/** How many cards a column draws at first, and again each time one scrolls to their end. */
const stride = 40

type Props = {
  column: TaskGroup
  projectId: string
  parts: ProjectParts
  destinations: Destination[]
  editable: boolean
  first: boolean
  carriedId: string | null
  /** The card that the focus follows: it is drawn however far down it lands. */
  keptId: string | null
  actions: CardActions
  more: ViewProps['more']
}

export function BoardColumn(props: Props) {
  const { column, projectId, parts, destinations, editable, first, actions, more } = props
  const { carriedId, keptId } = props
  const [adding, setAdding] = useState(false)
  const opener = useRef<HTMLButtonElement>(null)
  const { element, scroller, over } = useColumnDrop(column.id, editable)
  const name = legible(column.name)
  useHotkey(first && editable ? 'n' : '', () => setAdding(true))
  const cards = useWindow(column, carriedId ?? keptId, more)
  return (
    <section
      ref={element}
      aria-label={name}
      className={cn(
        'flex h-full w-[min(18rem,82vw)] shrink-0 snap-center flex-col rounded-xl',
        over && 'bg-accent-wash/60',
      )}
    >
      <div
        className={cn(
          'flex max-h-full flex-col rounded-xl border border-line/60 bg-canvas',
          over && 'border-accent/50 bg-transparent',
        )}
      >
        <header className="flex h-10 shrink-0 items-center gap-2 pr-1.5 pl-3">
          <h2 dir="auto" className="min-w-0 truncate font-semibold" title={name}>
            {name}
          </h2>
          <span className="text-ink-faint text-xs tabular-nums">
            {countOf(column.tasks.length, more.isPartial)}
          </span>
          {editable && (
            <Button
              ref={opener}
              variant="ghost"
              size="small-icon"
              className="ml-auto"
              aria-label={`Add a task to ${name}`}
              onClick={() => setAdding(true)}
            >
              <Plus className="size-4" aria-hidden="true" />
            </Button>
          )}
        </header>
        {adding && (
          <QuickAdd
            takeFocus
            label="Task title"
            draft={{ projectId, sectionId: column.id }}
            onLeave={(isByKey) => {
              setAdding(false)
              if (isByKey) opener.current?.focus()
            }}
            className="px-2 pb-2"
          />
        )}
        <ul
          ref={scroller}
          className="grid min-h-3 grid-cols-[minmax(0,1fr)] content-start gap-2 overflow-y-auto px-2 pb-2"
        >
          {cards.shown.map((task) => (
            <BoardCard
              key={task.id}
              task={task}
              sectionId={column.id}
              parts={parts}
              destinations={destinations}
              editable={editable}
              carried={task.id === carriedId}
              actions={actions}
            />
          ))}
          {cards.hasMore && (
            <EndMark
              as="li"
              key={`${cards.shown.length} ${column.tasks.length}`}
              onSeen={cards.showMore}
            />
          )}
        </ul>
      </div>
    </section>
  )
}

/** A column draws its first cards, and more each time one gets to the end of those drawn. */
function useWindow(
  column: TaskGroup,
  wantedId: string | null,
  { canReadMore, readMore }: Props['more'],
) {
  const [size, setSize] = useState(stride)
  const hidden = column.tasks.length > size
  const wantedAt = wantedId ? column.tasks.findIndex(({ id }) => id === wantedId) : -1
  return {
    shown: column.tasks.slice(0, Math.max(size, wantedAt + 2)),
    hasMore: hidden || canReadMore,
    showMore: () => (hidden ? setSize(size + stride) : readMore()),
  }
}
