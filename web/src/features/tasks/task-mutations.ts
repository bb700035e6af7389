import { useMutation, useQueryClient } from '@tanstack/react-query'
import { explain, isProblem } from '@/api/api-problem'
import { untilSent } from '@/api/client'
import type { PagedList } from '@/api/list-cache'
import {
  changeTask,
  createTask,
  deleteTask,
  moveTask,
  restoreTask,
  setCompletion,
  taskListsKey,
} from '@/api/tasks'
import type { TaskDraft, TaskView } from '@/api/types'
import { legible } from '@/ui/legible'
import { toast, toastProblem } from '@/ui/toast'
import {
  appendTask,
  patchTask,
  placeTask,
  refreshCounts,
  removeTask,
  showTrashed,
  storeRestored,
  storeTask,
} from './task-cache'

const called = (task: Pick<TaskView, 'title'>) => `“${legible(task.title)}”`

/** Says that a task was moved to the trash elsewhere, with a way back. Answers whether it was. */
export function useTrashOffer() {
  const client = useQueryClient()
  const restore = useRestoreTask()
  return (error: unknown, task: TaskView, sentence = `${called(task)} is in the trash.`) => {
    if (!isProblem(error, 'in-trash')) return false
    void showTrashed(client, task)
    toastProblem(sentence, { label: 'Restore', run: () => restore.mutateAsync(task) })
    return true
  }
}

/** Ticking a box answers at once; should the server refuse, the tick comes off again. */
export function useCompletion() {
  const client = useQueryClient()
  const offerTrash = useTrashOffer()
  const completion = useMutation({
    meta: { shown: true },
    mutationFn: ({ task, done }: { task: TaskView; done: boolean; quiet?: boolean }) =>
      setCompletion(task.id, done),
    onMutate: ({ task, done }) => patchTask(client, task, { status: done ? 'done' : 'open' }),
    onSuccess: (saved, { task, done, quiet }) => {
      storeTask(client, saved)
      if (quiet) return
      toast(`${called(task)} ${done ? 'completed' : 'reopened'}.`, {
        label: 'Undo',
        run: () => completion.mutateAsync({ task: saved, done: !done, quiet: true }),
      })
    },
    onError: (error, { task }) => {
      patchTask(client, task, { status: task.status })
      if (offerTrash(error, task)) return
      toastProblem(`${called(task)} could not be changed. ${explain(error)}`)
    },
  })
  return completion
}

export type Move = { task: TaskView; to: { sectionId: string | null; after: string | null } }

export function useMove() {
  const client = useQueryClient()
  const offerTrash = useTrashOffer()
  return useMutation({
    meta: { shown: true },
    mutationFn: ({ task, to }: Move) => moveTask(task.id, to),
    onMutate: async ({ task, to }) => {
      const filter = { queryKey: taskListsKey(task.projectId) }
      await client.cancelQueries(filter)
      const before = client.getQueriesData<PagedList<TaskView>>(filter)
      placeTask(client, task, to.sectionId, to.after)
      return before
    },
    onSuccess: (saved) => storeTask(client, saved),
    onError: (error, { task }, before) => {
      for (const [key, list] of before ?? []) client.setQueryData(key, list)
      patchTask(client, task, { sectionId: task.sectionId })
      // What others changed meanwhile is not in what was known before.
      void client.invalidateQueries({ queryKey: taskListsKey(task.projectId) })
      if (offerTrash(error, task)) return
      const outcome = isProblem(error, 'not-found') ? 'was not moved' : 'is back where it was'
      toastProblem(`${called(task)} ${outcome}. ${explain(error)}`)
    },
  })
}

export function useCreateTask() {
  const client = useQueryClient()
  return useMutation({
    meta: { shown: true },
    mutationFn: ({ task, key }: { task: TaskDraft; key: string }) =>
      untilSent(() => createTask(task, key)),
    onSuccess: (task) => appendTask(client, task),
  })
}

/** Gone at once, and back at once for whoever slipped. */
export function useDeleteTask() {
  const client = useQueryClient()
  const restore = useRestoreTask()
  return useMutation({
    mutationFn: (task: TaskView) => deleteTask(task.id),
    onSuccess: (_, task) => {
      removeTask(client, task)
      refreshCounts(client, task)
      void client.invalidateQueries({ queryKey: taskListsKey(task.projectId), refetchType: 'none' })
      toast(`${called(task)} is in the trash.`, {
        label: 'Undo',
        run: () => restore.mutateAsync(task),
      })
    },
  })
}

export function useRestoreTask() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (task: TaskView) => restoreTask(task.id),
    onSuccess: (task) => storeRestored(client, task),
  })
}

export function useArchiveTask() {
  const client = useQueryClient()
  const offerTrash = useTrashOffer()
  const archive = useMutation({
    meta: { shown: true },
    mutationFn: ({ task, archived }: { task: TaskView; archived: boolean; quiet?: boolean }) =>
      changeTask(task.id, { archived }),
    onSuccess: (saved, { archived, quiet }) => {
      storeTask(client, saved)
      if (archived) removeTask(client, saved)
      void client.invalidateQueries({ queryKey: taskListsKey(saved.projectId) })
      if (quiet) return
      toast(`${called(saved)} ${archived ? 'archived' : 'brought back'}.`, {
        label: 'Undo',
        run: () => archive.mutateAsync({ task: saved, archived: !archived, quiet: true }),
      })
    },
    onError: (error, { task }) => {
      if (!offerTrash(error, task)) toastProblem(explain(error))
    },
  })
  return archive
}
