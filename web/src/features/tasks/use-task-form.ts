import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useForm } from 'react-hook-form'
import { isProblem } from '@/api/api-problem'
import { showAtFields } from '@/api/field-errors'
import { changeTask, readTask } from '@/api/tasks'
import type { TaskChange, TaskView } from '@/api/types'
import { listsKey, storeTask } from './task-cache'
import {
  changeOf,
  type TaskFormValues,
  taskFormSchema,
  typedSince,
  valuesOf,
} from './task-form-values'

export type Conflict = {
  base: TaskView
  theirs: TaskView
  onKeepTheirs: () => void
  onOverwrite: () => void
}

type Sending = { change: TaskChange; version: number; values: TaskFormValues }

/**
 * Editing a task that others may edit too. What was touched is sent with the version it was based
 * on; when the server knows a newer one, the person sees theirs and decides.
 */
export function useTaskForm(task: TaskView) {
  const client = useQueryClient()
  const [base, setBase] = useState(task)
  const [theirs, setTheirs] = useState<TaskView | null>(null)
  const form = useForm<TaskFormValues>({
    resolver: zodResolver(taskFormSchema),
    defaultValues: valuesOf(task),
  })
  const { isDirty, dirtyFields } = form.formState

  const startFrom = (fresh: TaskView) => {
    setBase(fresh)
    setTheirs(null)
    form.reset(valuesOf(fresh))
  }

  const save = useMutation({
    meta: { shown: true },
    mutationFn: ({ change, version }: Sending) => changeTask(task.id, change, version),
    onSuccess: (saved, { change, values }) => {
      if (change.sectionId !== undefined)
        void client.invalidateQueries({ queryKey: listsKey(task.projectId) })
      storeTask(client, saved)
      const since = typedSince(values, form.getValues())
      startFrom(saved)
      for (const [field, value] of since) form.setValue(field, value, { shouldDirty: true })
    },
    onError: async (error) => {
      if (!isProblem(error, 'version-mismatch')) return showAtFields(form, error)
      try {
        setTheirs(await readTask(task.id))
      } catch (gone) {
        showAtFields(form, gone)
      }
    },
  })

  // Fresh news from elsewhere (a ticked box, another tab) may enter only an untouched form.
  useEffect(() => {
    if (!isDirty && task.version !== base.version) {
      setBase(task)
      form.reset(valuesOf(task))
    }
  }, [task, base.version, isDirty, form])

  const send = (version: number) => (values: TaskFormValues) =>
    save.mutate({ change: changeOf(values, dirtyFields), version, values })

  const conflict: Conflict | null = theirs && {
    base,
    theirs,
    onKeepTheirs: () => {
      storeTask(client, theirs)
      startFrom(theirs)
    },
    onOverwrite: () => {
      setTheirs(null)
      setBase(theirs)
      void form.handleSubmit(send(theirs.version))()
    },
  }
  return { form, submit: form.handleSubmit(send(base.version)), conflict, isSaving: save.isPending }
}
