import type { TaskView } from '@/api/types'
import type { TaskFormValues } from './task-form-values'

/** `base`: the task that was changed; what came later is not overwritten unseen. */
type UnsentTask = { base: TaskView; values: TaskFormValues }

/**
 * What was typed into a task when the session ended, for when the same person is back. In memory: it
 * ends with the page, and the browser asks before.
 */
const unsent = new Map<string, UnsentTask>()

/** Each person has their own, also in a shared browser. */
export const unsentTaskKey = (me: string | undefined, task: string) => `${me} ${task}`

export const unsentTaskAt = (key: string) => unsent.get(key)

export function keepUnsentTask(key: string, one: UnsentTask | null) {
  if (one) unsent.set(key, one)
  else unsent.delete(key)
  if (unsent.size > 0) addEventListener('beforeunload', ask)
  else removeEventListener('beforeunload', ask)
}

export function forgetUnsentTasks() {
  for (const key of [...unsent.keys()]) keepUnsentTask(key, null)
}

function ask(event: BeforeUnloadEvent) {
  event.preventDefault()
}
