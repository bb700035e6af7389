import { explain } from '@/api/api-problem'
import { useSubmitQueue } from '@/api/submit-queue'
import type { TaskDraft } from '@/api/types'
import { toastProblem } from '@/ui/toast'
import { useCreateTask } from './task-mutations'

/** The new tasks of a project, wherever they are typed: one line, so that their order is kept. */
export function useTaskQueue(projectId: string) {
  const create = useCreateTask()
  const line = useSubmitQueue({
    place: `task ${projectId}`,
    write: (task: TaskDraft, key) => create.mutateAsync({ task, key }),
    onKeptRefused: (title, error) => toastProblem(`“${title}” was not added. ${explain(error)}`),
  })
  return { ...line, error: create.error }
}
