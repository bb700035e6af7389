import { createDraftStore } from '@/api/draft-store'
import type { TaskView } from '@/api/types'
import type { TaskFormValues } from './task-form-values'

/**
 * What was typed into a task and could not be saved, for when it is open again: as when the session
 * ended. `base`: the task that was changed; what came later is not overwritten unseen.
 */
export const taskDrafts = createDraftStore<{ base: TaskView; values: TaskFormValues }>()
