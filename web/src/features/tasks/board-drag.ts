import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine'
import {
  draggable,
  dropTargetForElements,
  monitorForElements,
} from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { autoScrollForElements } from '@atlaskit/pragmatic-drag-and-drop-auto-scroll/element'
import {
  attachClosestEdge,
  extractClosestEdge,
} from '@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { holdChanges } from '@/api/live-hold'
import type { Over } from './board-moves'

/** The mouse and the finger; the keyboard has its own way in `use-carrying.ts`. */

type Edge = 'top' | 'bottom' | null

export function useCardDrag(taskId: string, enabled: boolean) {
  const element = useRef<HTMLLIElement>(null)
  const [dragging, setDragging] = useState(false)
  const [edge, setEdge] = useState<Edge>(null)
  useEffect(() => {
    const card = element.current
    if (!(card && enabled)) return
    return combine(
      draggable({
        element: card,
        getInitialData: () => ({ taskId }),
        onDragStart: () => setDragging(true),
        onDrop: () => setDragging(false),
      }),
      dropTargetForElements({
        element: card,
        canDrop: ({ source }) => source.data.taskId !== taskId,
        getData: ({ input }) =>
          attachClosestEdge({ taskId }, { element: card, input, allowedEdges: ['top', 'bottom'] }),
        onDrag: ({ self }) => setEdge(edgeOf(self.data)),
        onDragLeave: () => setEdge(null),
        onDrop: () => setEdge(null),
      }),
    )
  }, [taskId, enabled])
  return { element, dragging, edge }
}

export function useColumnDrop(sectionId: string | null, enabled: boolean) {
  const element = useRef<HTMLElement>(null)
  const scroller = useRef<HTMLUListElement>(null)
  const [over, setOver] = useState(false)
  useEffect(() => {
    if (!(element.current && scroller.current && enabled)) return
    return combine(
      dropTargetForElements({
        element: element.current,
        getData: () => ({ sectionId }),
        onDragEnter: () => setOver(true),
        onDragLeave: () => setOver(false),
        onDrop: () => setOver(false),
      }),
      autoScrollForElements({ element: scroller.current }),
    )
  }, [sectionId, enabled])
  return { element, scroller, over }
}

export function useBoardDrop(
  board: RefObject<HTMLElement | null>,
  onDrop: (taskId: string, over: Over) => void,
) {
  const latest = useRef(onDrop)
  useEffect(() => {
    latest.current = onDrop
  })
  useEffect(() => {
    if (!board.current) return
    let release = () => {}
    return combine(
      () => release(),
      autoScrollForElements({ element: board.current }),
      monitorForElements({
        onDragStart: () => {
          release = holdChanges()
        },
        onDrop: ({ source, location }) => {
          release()
          const over = overOf(location.current.dropTargets.map(({ data }) => data))
          if (over) latest.current(String(source.data.taskId), over)
        },
      }),
    )
  }, [board])
}

/** The innermost target comes first: a card, then its column. */
export function overOf(targets: Record<string | symbol, unknown>[]): Over | null {
  const column = targets.find((data) => 'sectionId' in data)
  if (!column) return null
  const sectionId = column.sectionId as string | null
  const card = targets.find((data) => 'taskId' in data)
  if (!card) return { sectionId }
  return { sectionId, card: { id: String(card.taskId), edge: edgeOf(card) ?? 'bottom' } }
}

function edgeOf(data: Record<string | symbol, unknown>): Edge {
  const edge = extractClosestEdge(data)
  return edge === 'top' || edge === 'bottom' ? edge : null
}
