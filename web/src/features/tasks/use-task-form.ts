import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useForm } from 'react-hook-form'
import { Clash, explain, isProblem } from '@/api/api-problem'
import { useDraftKey } from '@/api/draft-store'
import { showAtFields } from '@/api/field-errors'
import { changeMerged, clashesIn } from '@/api/merged'
import { projectQuery } from '@/api/projects'
import { changeTask, readTask, taskListsKey } from '@/api/tasks'
import type { TaskChange, TaskView } from '@/api/types'
import { meQuery } from '@/api/users'
import { legible } from '@/ui/legible'
import { toastProblem } from '@/ui/toast'
import { showTrashed, storeTask } from './task-cache'
import { taskDrafts } from './task-draft-store'
import {
  changeOf,
  type TaskFormValues,
  taskFormSchema,
  typedSince,
  untouchedOf,
  valuesOf,
} from './task-form-values'
import { useTrashOffer } from './task-mutations'

export type Conflict = {
  base: TaskView
  theirs: TaskView
  onKeepTheirs: () => void
  onOverwrite: () => void
}

type Sending = { change: TaskChange; from: TaskView; values: TaskFormValues }

/**
 * Editing a task that others may edit too. Only what was touched is sent, also over a newer version
 * that differs in other fields; where both touched the same, the user sees theirs and decides.
 */
export function useTaskForm(task: TaskView) {
  const client = useQueryClient()
  const offerTrash = useTrashOffer()
  const key = useDraftKey(task.id)
  const [draft, setDraft] = useState(() => taskDrafts.at(key))
  const [base, setBase] = useState(draft?.base ?? task)
  const [theirs, setTheirs] = useState<TaskView | null>(null)
  const form = useForm<TaskFormValues>({
    resolver: zodResolver(taskFormSchema),
    defaultValues: valuesOf(base),
  })
  const { isDirty, dirtyFields } = form.formState
  const keep = () => taskDrafts.keep(key, { base, values: form.getValues() })
  const onClose = useRef(() => {})
  useEffect(() => {
    // Whoever was taken out of the project, or signed out in another tab, may come back.
    const { queryKey } = projectQuery(task.projectId)
    onClose.current = () => {
      const isSignedOut = client.getQueryData(meQuery.queryKey) === undefined
      const isOut = isProblem(client.getQueryState(queryKey)?.error, 'not-found')
      if (isDirty && (isSignedOut || isOut)) keep()
    }
  })
  const isOpen = useRef(false)
  useEffect(() => {
    isOpen.current = true
    return () => {
      isOpen.current = false
      onClose.current()
    }
  }, [])

  const startFrom = (fresh: TaskView) => {
    setBase(fresh)
    setTheirs(null)
    form.reset(valuesOf(fresh))
  }

  const typeAgain = (typed: ReturnType<typeof typedSince>) => {
    for (const [field, value] of typed) form.setValue(field, value, { shouldDirty: true })
  }

  const save = useMutation({
    meta: { shown: true },
    mutationFn: ({ change, from }: Sending) =>
      changeMerged({
        base: from,
        change,
        write: (what, version) => changeTask(task.id, what, version),
        read: () => readTask(task.id),
      }),
    onSuccess: (saved, { change, values }) => {
      if (change.sectionId !== undefined)
        void client.invalidateQueries({ queryKey: taskListsKey(task.projectId) })
      storeTask(client, saved)
      const since = typedSince(values, form.getValues())
      startFrom(saved)
      typeAgain(since)
    },
    onError: async (error, { from, values }) => {
      if (!isOpen.current) {
        taskDrafts.keep(key, { base: from, values })
        const kept = `“${legible(task.title)}” is not saved, but what you typed is kept in it.`
        if (offerTrash(error, task, `${kept} It is in the trash.`)) return
        toastProblem(`${kept} ${explain(error)}`)
      } else if (isProblem(error, 'in-trash')) await showTrashed(client, task)
      else if (error instanceof Clash) setTheirs(error.theirs)
      else showAtFields(form, error)
    },
  })

  // What was typed before the session ended is typed again into what it was typed into.
  useEffect(() => {
    if (!draft) return
    typeAgain(typedSince(valuesOf(draft.base), draft.values))
    setDraft(undefined)
    taskDrafts.keep(key, undefined)
  })

  // Fresh news from elsewhere (a ticked box, another tab) may enter only an untouched form.
  useEffect(() => {
    if (!(isDirty || draft) && task.version !== base.version) {
      setBase(task)
      form.reset(valuesOf(task))
    }
  }, [task, base.version, isDirty, draft, form])

  // While something is typed, only the fields that are not touched show what others changed.
  const shownVersion = useRef(base.version)
  useEffect(() => {
    if (!isDirty || draft || task.version <= Math.max(shownVersion.current, base.version)) return
    shownVersion.current = task.version
    const fresh = valuesOf(task)
    for (const field of untouchedOf(fresh, dirtyFields))
      form.resetField(field, { defaultValue: fresh[field] })
  }, [task, base.version, isDirty, dirtyFields, draft, form])

  const send = (seen: TaskView) => (values: TaskFormValues) => {
    const change = changeOf(values, dirtyFields)
    // A tick, a move or another user's change of other fields is known already.
    const isKnown = task.version > seen.version && clashesIn(seen, task, change).length === 0
    save.mutate({ change, from: isKnown ? task : seen, values })
  }

  /** What is typed here and others have changed meanwhile, as far as this page has been told. */
  const crossed =
    isDirty && task.version > base.version
      ? clashesIn(base, task, changeOf(form.getValues(), dirtyFields))
      : []

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
      void form.handleSubmit(send(theirs))()
    },
  }
  const sent = save.isPending ? save.variables.values : undefined
  return {
    form,
    submit: form.handleSubmit(send(base)),
    conflict,
    crossed,
    isSaving: save.isPending,
    /** Whether something would be lost by closing: what is being saved is not. */
    isUnsaved: () => isDirty && (!sent || typedSince(sent, form.getValues()).length > 0),
    keep,
  }
}
