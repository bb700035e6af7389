import { AlignLeft, CalendarDays, ListChecks } from 'lucide-react'
import type { TaskPriority, TaskView } from '@/api/types'
import { Avatar } from '@/ui/avatar'
import { cn } from '@/ui/cn'
import { dayOf, fullDate, isOver, timeOf } from '@/ui/dates'
import { LabelChip } from '@/ui/label-chip'
import { legible } from '@/ui/legible'
import { useCompletion } from './task-mutations'
import type { ProjectParts } from './task-queries'

/** The small signs that rows, cards and the panel share. */

export const priorities: Record<TaskPriority, string> = {
  none: 'No priority',
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  urgent: 'Urgent',
}

/** Where a list or a board shows a task: the focus goes back there when the task is closed. */
export const linkIdOf = (taskId: string) => `task-${taskId}`

export const focusLinkOf = (taskId: string) => document.getElementById(linkIdOf(taskId))?.focus()

const looks: Record<TaskPriority, { bars: number; tone: string }> = {
  none: { bars: 0, tone: '' },
  low: { bars: 1, tone: 'text-ink-soft' },
  medium: { bars: 2, tone: 'text-ink-soft' },
  high: { bars: 3, tone: 'text-warn' },
  urgent: { bars: 3, tone: 'text-danger' },
}

export function PrioritySign({ priority }: { priority: TaskPriority }) {
  if (priority === 'none') return null
  const { bars, tone } = looks[priority]
  return (
    <span
      role="img"
      aria-label={`${priorities[priority]} priority`}
      title={`${priorities[priority]} priority`}
      className={cn('inline-flex shrink-0 items-center gap-0.5', tone)}
    >
      <svg viewBox="0 0 12 12" aria-hidden="true" className="size-3.5 fill-current">
        <rect x="1" y="7.5" width="2.5" height="3.5" rx="0.75" />
        <rect x="4.75" y="4.5" width="2.5" height="6.5" rx="0.75" opacity={bars > 1 ? 1 : 0.25} />
        <rect x="8.5" y="1.5" width="2.5" height="9.5" rx="0.75" opacity={bars > 2 ? 1 : 0.25} />
      </svg>
      {priority === 'urgent' && (
        <span aria-hidden="true" className="font-bold text-xs">
          !
        </span>
      )}
    </span>
  )
}

export function DueDate({ task }: { task: TaskView }) {
  if (!task.due) return null
  const now = new Date()
  const { text, days } = dayOf(task.due, now)
  const open = task.status === 'open'
  const overdue = open && isOver(task.due, now)
  const today = open && !overdue && days === 0
  return (
    <span
      title={`Due ${fullDate(task.due)}`}
      className={cn(
        'inline-flex items-center gap-1 whitespace-nowrap text-xs',
        overdue && 'font-medium text-danger',
        today && 'font-medium text-warn',
        !(overdue || today) && 'text-ink-faint',
      )}
    >
      <CalendarDays className="size-3.5" aria-hidden="true" />
      <span className="sr-only">{overdue ? 'Overdue since' : 'Due'}</span>
      {[text, timeOf(task.due)].filter(Boolean).join(' ')}
    </span>
  )
}

export function SubtaskCount({ task }: { task: TaskView }) {
  const { total, done } = task.subtasks
  if (total === 0) return null
  return (
    <span className="inline-flex items-center gap-1 text-ink-faint text-xs tabular-nums">
      <ListChecks className="size-3.5" aria-hidden="true" />
      <span className="sr-only">Sub-tasks done:</span>
      {done}/{total}
    </span>
  )
}

export function DescriptionSign({ task }: { task: TaskView }) {
  if (!task.description.trim()) return null
  return (
    <span
      role="img"
      aria-label="Has a description"
      title="Has a description"
      className="text-ink-faint"
    >
      <AlignLeft className="size-3.5" />
    </span>
  )
}

export function Labels({
  task,
  parts,
  most = 3,
}: {
  task: TaskView
  parts: ProjectParts
  most?: number
}) {
  const mine = parts.labels.filter(({ id }) => task.labels.includes(id))
  return (
    <>
      {mine.slice(0, most).map(({ id, name, color }) => (
        <LabelChip key={id} name={name} color={color} />
      ))}
      {mine.length > most && <span className="text-ink-faint text-xs">+{mine.length - most}</span>}
    </>
  )
}

export function Assignees({ task, parts }: { task: TaskView; parts: ProjectParts }) {
  if (task.assignees.length === 0) return null
  return (
    <span className="flex shrink-0 gap-0.5">
      {task.assignees.slice(0, 4).map((id) => (
        <Avatar key={id} id={id} name={nameOf(parts, id)} />
      ))}
    </span>
  )
}

export function nameOf({ users, unnamed }: ProjectParts, id: string): string {
  return users.find((user) => user.id === id)?.name ?? unnamed
}

export function CompleteBox({ task, editable }: { task: TaskView; editable: boolean }) {
  const completion = useCompletion()
  const done = task.status === 'done'
  return (
    <label className="relative z-10 grid size-6 shrink-0 place-items-center pointer-coarse:size-8">
      <input
        type="checkbox"
        checked={done}
        disabled={!editable}
        aria-label={`${legible(task.title)}, done`}
        onChange={(event) => completion.mutate({ task, done: event.target.checked })}
        className="peer size-4.5 cursor-pointer appearance-none rounded-full border-[1.5px] border-line-strong bg-surface transition-colors checked:border-accent checked:bg-accent enabled:hover:border-accent disabled:cursor-not-allowed"
      />
      <svg
        viewBox="0 0 12 12"
        aria-hidden="true"
        className="pointer-events-none absolute size-3 fill-none stroke-2 stroke-accent-ink opacity-0 peer-checked:opacity-100"
      >
        <path d="m2.5 6.5 2.4 2.4 4.6-5.4" strokeLinecap="round" strokeLinejoin="round" />
      </svg>
    </label>
  )
}

export function TitleText({ task }: { task: TaskView }) {
  const title = legible(task.title)
  return (
    <span
      dir="auto"
      className={cn(
        task.status === 'done' && 'text-ink-faint line-through decoration-ink-faint/60',
        title !== task.title && title === 'Untitled' && 'text-ink-faint italic',
      )}
    >
      {title}
    </span>
  )
}
