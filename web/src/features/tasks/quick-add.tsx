import { explain, isProblem } from '@/api/api-problem'
import type { TaskDraft } from '@/api/types'
import { AddBox } from '@/ui/add-box'
import { useCreateTask } from './task-mutations'

type Props = {
  label: string
  draft: Omit<TaskDraft, 'title'>
  hotkey?: string
  takeFocus?: boolean
  onLeave?: () => void
  className?: string
}

/** One line, one task. */
export function QuickAdd({ draft, ...box }: Props) {
  const create = useCreateTask()
  return (
    <AddBox
      {...box}
      maxLength={500}
      problem={create.error && atTitle(create.error)}
      onAdd={(title) => create.mutateAsync({ ...draft, title })}
    />
  )
}

function atTitle(error: Error): string {
  const details = isProblem(error) ? (error.problem.errors ?? []).map(({ detail }) => detail) : []
  return details.join(' ') || explain(error)
}
