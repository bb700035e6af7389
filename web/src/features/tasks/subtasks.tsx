import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { X } from 'lucide-react'
import { explain } from '@/api/api-problem'
import { listed } from '@/api/list-cache'
import { tasksQuery } from '@/api/tasks'
import type { TaskView } from '@/api/types'
import { Button } from '@/ui/button'
import { legible } from '@/ui/legible'
import { SkeletonRows } from '@/ui/skeleton'
import { QuickAdd } from './quick-add'
import { CompleteBox, DueDate, TitleText } from './task-bits'
import { useDeleteTask } from './task-mutations'

export function Subtasks({ task, editable }: { task: TaskView; editable: boolean }) {
  const { data, isPending, error, hasNextPage, fetchNextPage } = useInfiniteQuery(
    tasksQuery({ project: task.projectId, parent: task.id, sort: 'position' }),
  )
  const children = listed(data)
  const counts = hasNextPage
    ? task.subtasks
    : { total: children.length, done: children.filter(({ status }) => status === 'done').length }
  if (!editable && children.length === 0) return null
  return (
    <section aria-label="Sub-tasks" className="grid grid-cols-[minmax(0,1fr)] gap-1.5">
      <h3 className="flex gap-2 font-medium text-ink-soft">
        Sub-tasks
        {children.length > 0 && (
          <span className="font-normal text-ink-faint tabular-nums">
            {counts.done}/{counts.total}
          </span>
        )}
      </h3>
      {isPending && <SkeletonRows count={task.subtasks.total || 1} className="h-7" />}
      {error && <p className="text-danger">{explain(error)}</p>}
      {children.length > 0 && (
        <ul>
          {children.map((child) => (
            <Subtask key={child.id} task={child} editable={editable} />
          ))}
        </ul>
      )}
      {hasNextPage && (
        <Button size="small" variant="ghost" onClick={() => fetchNextPage()}>
          Show more
        </Button>
      )}
      {editable && (
        <QuickAdd label="Add a sub-task" draft={{ projectId: task.projectId, parentId: task.id }} />
      )}
    </section>
  )
}

function Subtask({ task, editable }: { task: TaskView; editable: boolean }) {
  const remove = useDeleteTask()
  return (
    <li className="group relative flex min-h-8 items-center gap-2 rounded-md px-1 hover:bg-hover/60">
      <CompleteBox task={task} editable={editable} />
      <Link
        from="/projects/$projectId"
        to="/projects/$projectId"
        search={(was) => ({ ...was, task: task.id })}
        className="min-w-0 grow truncate"
      >
        <TitleText task={task} />
      </Link>
      <DueDate task={task} />
      {editable && (
        <Button
          variant="ghost"
          size="small-icon"
          aria-label={`Delete ${legible(task.title)}`}
          className="opacity-0 focus-visible:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100"
          onClick={() => remove.mutate(task)}
        >
          <X className="size-3.5" aria-hidden="true" />
        </Button>
      )}
    </li>
  )
}
