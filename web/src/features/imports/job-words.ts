import type { AcceptedJob } from '@/api/types'

/** "Waiting", "43 %", "Done". */
export function stateOf(job: AcceptedJob): string {
  if (job.state === 'running') return `${percentOf(job)} %`
  return { queued: 'Waiting', done: 'Done', cancelled: 'Cancelled', failed: 'Failed' }[job.state]
}

/** How much of the file is read; the rest of the way is creating it all at once. */
export function percentOf({ total, done }: AcceptedJob): number {
  return total === 0 ? 0 : Math.floor((100 * done) / total)
}

/** What a job is doing. */
export function stepOf(job: AcceptedJob): string {
  if (job.state === 'queued') return 'Waiting for its turn…'
  if (job.total === 0) return 'Reading the file…'
  const noun = job.total === 1 ? 'task' : 'tasks'
  const rows = `${job.done.toLocaleString()} of ${job.total.toLocaleString()} ${noun}`
  if (job.done < job.total) return rows
  // Of the formats, only a Trello board has comments; how many is not told.
  const next = job.imported?.format === 'trello' ? 'Adding the comments and creating' : 'Creating'
  return `${rows}. ${next} all of it…`
}

/** A number of tasks at a time, in milliseconds. */
export type Mark = { done: number; at: number }

/** "1,200 tasks/s, about 40 s left"; nothing before there are two marks. */
export function paceOf(total: number, first: Mark, now: Mark): string {
  const perSecond = (1_000 * (now.done - first.done)) / (now.at - first.at)
  if (!(perSecond > 0) || now.done >= total) return ''
  return `${Math.round(perSecond).toLocaleString()} tasks/s, about ${leftOf((total - now.done) / perSecond)} left`
}

function leftOf(seconds: number) {
  if (seconds < 60) return `${Math.ceil(seconds)} s`
  return `${Math.ceil(seconds / 60)} min`
}
