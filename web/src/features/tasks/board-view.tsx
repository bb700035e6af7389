import { useEffect, useMemo, useRef } from 'react'
import type { TaskView } from '@/api/types'
import { AddSection } from './add-section'
import { BoardColumn } from './board-column'
import { useBoardDrop } from './board-drag'
import {
  type CardPosition,
  isSame,
  positionOf,
  positionUnder,
  step,
  type Target,
  targetOf,
} from './board-moves'
import type { CardActions } from './card-actions'
import { useGlide } from './glide'
import { groupsOf } from './list-rows'
import type { ViewProps } from './list-view'
import { useMove } from './task-mutations'
import { useCarrying } from './use-carrying'

export function BoardView({ project, parts, tasks, editable, archived, more }: ViewProps) {
  const columns = useMemo(
    () => groupsOf(tasks, parts.sections, archived),
    [tasks, parts.sections, archived],
  )
  const board = useRef<HTMLDivElement>(null)
  useGlide(board)
  const move = useMove()
  const moveTo = (task: TaskView, to: Target) => move.mutateAsync({ task, to })
  const carrying = useCarrying(columns, editable, moveTo)

  const moveToPosition = (taskId: string, place: CardPosition) => {
    const task = tasks.find(({ id }) => id === taskId)
    if (task && !isSame(positionOf(columns, taskId), place))
      move.mutate({ task, to: targetOf(columns, taskId, place) })
  }
  useBoardDrop(board, (taskId, over) =>
    moveToPosition(taskId, positionUnder(columns, taskId, over)),
  )

  const actions = useStable({
    onKeyDown: carrying.onKeyDown,
    onStep: (task, direction) => {
      const place = positionOf(columns, task.id)
      if (place) moveToPosition(task.id, step(columns, task.id, place, direction))
    },
    onSend: (task, sectionId) => {
      carrying.focus.keepOn(task.id)
      moveToPosition(task.id, positionUnder(columns, task.id, { sectionId }))
    },
  })
  const destinations = useMemo(() => columns.map(({ id, name }) => ({ id, name })), [columns])

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: sees where the focus goes, and offers nothing
    <div
      ref={board}
      onPointerDown={carrying.focus.letGo}
      onFocus={carrying.focus.onFocus}
      className="flex min-h-0 grow snap-x snap-proximity items-start gap-3 overflow-x-auto px-4 py-3 sm:snap-none sm:px-6"
    >
      <p id="carrying-help" className="sr-only">
        Press Enter to open, space to pick up and move.
      </p>
      <p aria-live="assertive" className="sr-only">
        {carrying.said}
      </p>
      {carrying.shown.map((column) => (
        <BoardColumn
          key={column.id}
          column={column}
          projectId={project.id}
          parts={parts}
          destinations={destinations}
          editable={editable}
          first={column.id === columns.find(({ id }) => id !== null)?.id}
          carriedId={carrying.carriedId}
          keptId={carrying.focus.keptId}
          actions={actions}
          more={more}
        />
      ))}
      {editable && !archived && <AddSection projectId={project.id} />}
    </div>
  )
}

/** Handlers whose identity never changes, so that hundreds of cards need not be drawn again. */
function useStable(actions: CardActions): CardActions {
  const latest = useRef(actions)
  useEffect(() => {
    latest.current = actions
  })
  return useMemo(
    () => ({
      onKeyDown: (...given) => latest.current.onKeyDown(...given),
      onStep: (...given) => latest.current.onStep(...given),
      onSend: (...given) => latest.current.onSend(...given),
    }),
    [],
  )
}
