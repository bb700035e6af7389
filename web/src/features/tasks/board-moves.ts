import type { TaskView } from '@/api/types'
import type { TaskGroup } from './list-rows'

/** Where a card is or would be: the index counts the column's cards without the carried one. */
export type CardPosition = { sectionId: string | null; index: number }
export type Target = { sectionId: string | null; after: string | null }
export type Direction = 'up' | 'down' | 'left' | 'right'

export function positionOf(columns: TaskGroup[], taskId: string): CardPosition | null {
  for (const { id, tasks } of columns) {
    const index = tasks.findIndex((task) => task.id === taskId)
    if (index >= 0) return { sectionId: id, index }
  }
  return null
}

export function withTaskAt(columns: TaskGroup[], task: TaskView, place: CardPosition): TaskGroup[] {
  return columns.map((column) => {
    const rest = column.tasks.filter(({ id }) => id !== task.id)
    if (column.id !== place.sectionId)
      return rest.length === column.tasks.length ? column : { ...column, tasks: rest }
    return { ...column, tasks: [...rest.slice(0, place.index), task, ...rest.slice(place.index)] }
  })
}

/** One step with the card in hand; against a wall it stays where it is. */
export function step(
  columns: TaskGroup[],
  taskId: string,
  place: CardPosition,
  to: Direction,
): CardPosition {
  const at = columns.findIndex(({ id }) => id === place.sectionId)
  const roomIn = (index: number) =>
    columns[index]?.tasks.filter(({ id }) => id !== taskId).length ?? 0
  if (to === 'up') return { ...place, index: Math.max(0, place.index - 1) }
  if (to === 'down') return { ...place, index: Math.min(roomIn(at), place.index + 1) }
  const next = at + (to === 'left' ? -1 : 1)
  const column = columns[next]
  return column ? { sectionId: column.id, index: Math.min(roomIn(next), place.index) } : place
}

/** The place in the words of the API: behind which card of which section. */
export function targetOf(columns: TaskGroup[], taskId: string, place: CardPosition): Target {
  const column = columns.find(({ id }) => id === place.sectionId)
  const rest = column?.tasks.filter(({ id }) => id !== taskId) ?? []
  return { sectionId: place.sectionId, after: rest[place.index - 1]?.id ?? null }
}

export type Over = { sectionId: string | null; card?: { id: string; edge: 'top' | 'bottom' } }

/** Where a card let go by the mouse lands: beside the card under it, or at the column's end. */
export function positionUnder(
  columns: TaskGroup[],
  taskId: string,
  { sectionId, card }: Over,
): CardPosition {
  const column = columns.find(({ id }) => id === sectionId)
  const rest = column?.tasks.filter(({ id }) => id !== taskId) ?? []
  if (!card) return { sectionId, index: rest.length }
  if (card.id === taskId) return positionOf(columns, taskId) ?? { sectionId, index: rest.length }
  const index = rest.findIndex(({ id }) => id === card.id)
  return { sectionId, index: card.edge === 'top' ? index : index + 1 }
}

export function isSame(one: CardPosition | null, other: CardPosition): boolean {
  return one?.sectionId === other.sectionId && one.index === other.index
}
