import * as z from 'zod/mini'
import type { TaskChange, TaskPriority, TaskView } from '@/api/types'
import { fromInputs, toInputs } from '@/ui/dates'
import { oneLine } from '@/ui/visible'
import { visibleOnceClean } from '@/ui/visible-check'

/** What the form holds. Its fields carry the API's names, so the server's errors find their place. */
export const taskFormSchema = z
  .object({
    title: z
      .string()
      .check(
        z.minLength(1, 'A task needs a title.'),
        z.maxLength(500, 'At most 500 characters.'),
        z.regex(/\S/, 'A task needs a title.'),
        visibleOnceClean,
      ),
    description: z.string().check(z.maxLength(50_000, 'At most 50,000 characters.')),
    sectionId: z.string(),
    priority: z.enum(['none', 'low', 'medium', 'high', 'urgent']),
    /** `YYYY-MM-DD`, or `YYYY-MM-DDThh:mm` on the reader's wall clock; empty for none. */
    start: z.string(),
    due: z.string(),
    labels: z.array(z.string()),
    assignees: z.array(z.string()),
  })
  .check(
    z.refine(({ start, due }) => !(start && due) || inOrder(start, due), {
      path: ['due'],
      error: 'It would be due before it starts.',
    }),
  )

/** Days are compared when either has no time. */
function inOrder(start: string, due: string): boolean {
  const timed = start.includes('T') && due.includes('T')
  return timed ? start <= due : start.slice(0, 10) <= due.slice(0, 10)
}

export type TaskFormValues = z.infer<typeof taskFormSchema>

/** Of each field, whether it was touched, as the form library says it. */
type Dirty = Partial<Record<keyof TaskFormValues, unknown>>

export function valuesOf(task: TaskView): TaskFormValues {
  return {
    title: task.title,
    description: task.description,
    sectionId: task.sectionId ?? '',
    priority: task.priority,
    start: wallClock(task.start),
    due: wallClock(task.due),
    labels: task.labels,
    assignees: task.assignees,
  }
}

/** Only what the user touched: the rest may have been changed by others meanwhile. */
export function changeOf(values: TaskFormValues, dirty: Dirty): TaskChange {
  const all: Required<Pick<TaskChange, keyof TaskFormValues>> = {
    title: oneLine(values.title),
    description: values.description,
    sectionId: values.sectionId || null,
    priority: values.priority as TaskPriority,
    start: dateOrTime(values.start),
    due: dateOrTime(values.due),
    labels: values.labels,
    assignees: values.assignees,
  }
  const untouched: string[] = untouchedOf(values, dirty)
  return Object.fromEntries(Object.entries(all).filter(([name]) => !untouched.includes(name)))
}

export function untouchedOf(values: TaskFormValues, dirty: Dirty) {
  const fields = Object.keys(values) as (keyof TaskFormValues)[]
  return fields.filter((field) => !isDirty(dirty[field]))
}

/** What is no longer as it was sent. */
export function typedSince(sent: TaskFormValues, now: TaskFormValues) {
  const fields = Object.keys(sent) as (keyof TaskFormValues)[]
  return fields
    .filter((field) => String(now[field]) !== String(sent[field]))
    .map((field) => [field, now[field]] as const)
}

/** For a list, the form library answers a flag for each of its places. */
function isDirty(flag: unknown): boolean {
  return Array.isArray(flag) ? flag.length > 0 : flag === true
}

function wallClock(at: string | null): string {
  const { date, time } = toInputs(at)
  return time ? `${date}T${time}` : date
}

function dateOrTime(at: string): string | null {
  const [date = '', time = ''] = at.split('T')
  return fromInputs(date, time)
}
