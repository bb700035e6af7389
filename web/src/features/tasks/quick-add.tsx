import { explain, isProblem } from '@/api/api-problem'
import type { TaskDraft } from '@/api/types'
import { AddBox } from '@/ui/add-box'
import { useTaskQueue } from './use-task-queue'

type Props = {
  label: string
  draft: Omit<TaskDraft, 'title'>
  /** Whether it shows what waits for the whole project, not only for this place in it. */
  showsAll?: boolean
  hotkey?: string
  takeFocus?: boolean
  onLeave?: (isByKey: boolean) => void
  className?: string
}

/** One line, one task. */
export function QuickAdd({ draft, showsAll = false, ...box }: Props) {
  const { waiting, refused, error, add } = useTaskQueue(draft.projectId)
  return (
    <AddBox
      {...box}
      waiting={waiting.filter(({ what }) => showsAll || isAt(what, draft))}
      refused={refused}
      maxLength={500}
      problem={error && atTitle(error)}
      onAdd={(title) => add(title, { ...draft, title })}
    />
  )
}

function isAt(task: TaskDraft, { sectionId, parentId }: Props['draft']): boolean {
  return task.sectionId === sectionId && task.parentId === parentId
}

function atTitle(error: Error): string {
  const details = isProblem(error) ? (error.problem.errors ?? []).map(({ detail }) => detail) : []
  return details.join(' ') || explain(error)
}
