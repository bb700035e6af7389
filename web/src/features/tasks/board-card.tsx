import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import type { TaskView } from '@/api/types'
import { cn } from '@/ui/cn'
import { useCardDrag } from './board-drag'
import type { CardActions, Destination } from './card-actions'
import { CardMenu } from './card-menu'
import {
  Assignees,
  CompleteBox,
  DescriptionSign,
  DueDate,
  Labels,
  linkIdOf,
  PrioritySign,
  SubtaskCount,
  TitleText,
} from './task-bits'
import type { ProjectParts } from './task-queries'

type Props = {
  task: TaskView
  sectionId: string | null
  parts: ProjectParts
  destinations: Destination[]
  editable: boolean
  carried: boolean
  actions: CardActions
}

export const BoardCard = memo(function BoardCard(props: Props) {
  const { task, sectionId, parts, destinations, editable, carried, actions } = props
  const { element, dragging, edge } = useCardDrag(task.id, editable)
  return (
    <li
      ref={element}
      data-card={task.id}
      className={cn(
        'group relative rounded-lg border border-line bg-raised shadow-lift transition-shadow focus-within:border-accent hover:border-line-strong',
        editable && 'cursor-grab active:cursor-grabbing',
        dragging && 'opacity-40',
        carried ? 'z-10 rotate-1 border-accent shadow-float' : 'card-window',
      )}
    >
      {edge && (
        <span
          aria-hidden="true"
          className={cn(
            'absolute inset-x-0 z-20 h-0.5 rounded-full bg-accent',
            edge === 'top' ? 'top-0' : 'bottom-0',
          )}
        />
      )}
      <div className="flex items-start gap-1.5 px-2 pt-2 pb-1.5">
        <CompleteBox task={task} editable={editable} />
        <Link
          id={linkIdOf(task.id)}
          from="/projects/$projectId"
          to="/projects/$projectId"
          search={(was) => ({ ...was, task: task.id })}
          draggable={false}
          onKeyDown={(event) => editable && actions.onKeyDown(event, task)}
          aria-describedby={editable ? 'carrying-help' : undefined}
          className="min-w-0 grow wrap-anywhere py-0.5 after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:rounded-lg focus-visible:after:outline-2 focus-visible:after:outline-accent"
        >
          <TitleText task={task} />
        </Link>
        {editable && (
          <CardMenu
            task={task}
            sectionId={sectionId}
            destinations={destinations}
            actions={actions}
          />
        )}
      </div>
      <CardFooter task={task} parts={parts} />
    </li>
  )
})

function CardFooter({ task, parts }: { task: TaskView; parts: ProjectParts }) {
  const bare =
    !(task.due || task.description.trim() || task.subtasks.total || task.labels.length) &&
    task.assignees.length === 0 &&
    task.priority === 'none'
  if (bare) return null
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1.5 px-2.5 pb-2 pl-9 pointer-coarse:pl-11">
      <PrioritySign priority={task.priority} />
      <Labels task={task} parts={parts} />
      <DueDate task={task} />
      <SubtaskCount task={task} />
      <DescriptionSign task={task} />
      <span className="ml-auto">
        <Assignees task={task} parts={parts} />
      </span>
    </div>
  )
}
