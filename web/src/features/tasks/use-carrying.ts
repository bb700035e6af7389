import { type FocusEvent, type KeyboardEvent, useLayoutEffect, useState } from 'react'
import type { TaskView } from '@/api/types'
import { isComposing } from '@/ui/is-composing'
import { legible } from '@/ui/legible'
import {
  type CardPosition,
  type Direction,
  isSame,
  positionOf,
  step,
  type Target,
  targetOf,
  withTaskAt,
} from './board-moves'
import type { TaskGroup } from './list-rows'
import { focusLinkOf } from './task-bits'

type Carried = { task: TaskView; place: CardPosition; putDownOn: TaskGroup[] | null }

const directions: Record<string, Direction> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
}

/**
 * Carrying a card by keyboard: space picks it up, arrows carry it, space puts it down, Escape takes
 * it back. The board shows the card where it would land, and a live region says where that is.
 */
export function useCarrying(
  columns: TaskGroup[],
  editable: boolean,
  onMove: (task: TaskView, target: Target) => Promise<unknown>,
) {
  const [carried, setCarried] = useState<Carried | null>(null)
  const [said, setSaid] = useState('')
  // A card put down stays in its preview until the new order has come back from the cache.
  if (carried?.putDownOn && carried.putDownOn !== columns) setCarried(null)
  else if (carried && !(editable && canLand(columns, carried))) {
    setCarried(null)
    setSaid(`${legible(carried.task.title)} was changed elsewhere and is no longer carried.`)
  }
  const focus = useKeptFocus()

  const shown = carried ? withTaskAt(columns, carried.task, carried.place) : columns

  const whereIs = ({ sectionId, index }: CardPosition, taskId: string) => {
    const column = columns.find(({ id }) => id === sectionId)
    const others = column?.tasks.filter(({ id }) => id !== taskId).length ?? 0
    return `${legible(column?.name ?? '')}, position ${index + 1} of ${others + 1}`
  }

  function pickUp(task: TaskView) {
    const place = positionOf(columns, task.id)
    if (!place) return
    focus.keepOn(task.id)
    setCarried({ task, place, putDownOn: null })
    setSaid(
      `Picked up ${legible(task.title)}. ${whereIs(place, task.id)}. Arrow keys carry it, space puts it down, Escape takes it back.`,
    )
  }

  function carry({ task, place }: Carried, to: Direction) {
    const next = step(columns, task.id, place, to)
    setCarried({ task, place: next, putDownOn: null })
    setSaid(`${whereIs(next, task.id)}.`)
  }

  function putDown({ task, place }: Carried) {
    if (isSame(positionOf(columns, task.id), place)) return takeBack({ task })
    const put = { task, place, putDownOn: columns }
    setCarried(put)
    setSaid(`Put down ${legible(task.title)}. ${whereIs(place, task.id)}.`)
    // A refused move may leave the order as it was.
    const end = () => setCarried((now) => (now === put ? null : now))
    onMove(task, targetOf(columns, task.id, place)).then(end, end)
  }

  function takeBack({ task }: Pick<Carried, 'task'>) {
    setCarried(null)
    setSaid(`${legible(task.title)} is back where it was.`)
  }

  function whileCarrying(event: KeyboardEvent, card: Carried) {
    const direction = directions[event.key]
    if (event.key === 'Tab') return takeBack(card)
    if (!(direction || [' ', 'Enter', 'Escape'].includes(event.key))) return
    event.preventDefault()
    event.stopPropagation()
    if (direction) carry(card, direction)
    else if (event.key === 'Escape') takeBack(card)
    else putDown(card)
  }

  function onKeyDown(event: KeyboardEvent, task: TaskView) {
    if (isComposing(event)) return
    if (carried && !carried.putDownOn) return whileCarrying(event, carried)
    if (event.key !== ' ') return
    event.preventDefault()
    pickUp(task)
  }

  return {
    shown,
    carriedId: carried?.task.id ?? null,
    said,
    onKeyDown,
    focus,
  }
}

/** Whether others have left both the card and the column it is over. */
const canLand = (columns: TaskGroup[], { task, place }: Carried) =>
  positionOf(columns, task.id) !== null && columns.some(({ id }) => id === place.sectionId)

/**
 * A card that changes its column is drawn anew; the focus has to follow it by hand, until it goes
 * elsewhere.
 */
function useKeptFocus() {
  const [keptId, setKeptId] = useState<string | null>(null)
  useLayoutEffect(() => {
    if (keptId && document.activeElement === document.body) focusLinkOf(keptId)
  })
  return {
    keptId,
    keepOn: setKeptId,
    letGo: () => setKeptId(null),
    onFocus: ({ target, currentTarget }: FocusEvent) => {
      const isElsewhere = target.closest('[data-card]')?.getAttribute('data-card') !== keptId
      // A card's menu is drawn outside the board.
      if (isElsewhere && currentTarget.contains(target)) setKeptId(null)
    },
  }
}
