import type { JobView, RunView } from '../api/types'
import { type Call, page, Refused, type Route, required } from './fake-call.ts'
import type { FakeStore } from './fake-store.ts'

/** A job that has run once. */
export function addJob(tarn: FakeStore, name: string, lastRun: Partial<RunView> = {}): JobView {
  const run: RunView = {
    id: tarn.nextId(),
    dueAt: '2026-11-29T10:00:00Z',
    startedAt: '2026-11-29T10:00:00Z',
    endedAt: '2026-11-29T10:00:03.200Z',
    outcome: 'succeeded',
    counts: {},
    error: null,
    requestedBy: null,
    ...lastRun,
  }
  const job: JobView = {
    name,
    description: `Does ${name}.`,
    every: 'PT10M',
    dailyAt: null,
    nextAt: '2026-11-29T10:10:00Z',
    pausedAt: null,
    pausedBy: null,
    lastRun: run,
  }
  tarn.jobs.push(job)
  tarn.runs.set(name, [run])
  return job
}

function jobOf({ tarn, me, path }: Call): JobView {
  requireAdministrator(me)
  return required(tarn.jobs.find(({ name }) => name === path.job))
}

function requireAdministrator(me: Call['me']) {
  if (!me.administrator) throw new Refused(403, 'forbidden', 'Only administrators may do this.')
}

function run(call: Call) {
  const job = jobOf(call)
  const { tarn, me } = call
  const now = new Date().toISOString()
  const made: RunView = {
    id: tarn.nextId(),
    dueAt: now,
    startedAt: now,
    endedAt: now,
    outcome: 'succeeded',
    counts: {},
    error: null,
    requestedBy: me.id,
  }
  job.lastRun = made
  tarn.runs.get(job.name)?.unshift(made)
  return { status: 202, body: job }
}

function pause(call: Call) {
  const job = jobOf(call)
  Object.assign(job, { pausedAt: new Date().toISOString(), pausedBy: call.me.id, nextAt: null })
  return { body: job }
}

function resume(call: Call) {
  Object.assign(jobOf(call), { pausedAt: null, pausedBy: null, nextAt: '2026-11-29T10:10:00Z' })
  return {}
}

export const timetableRoutes: Route[] = [
  {
    method: 'GET',
    path: '/api/timetable',
    run: ({ tarn, me }) => {
      requireAdministrator(me)
      return { body: { jobs: tarn.jobs, workers: tarn.workers } }
    },
  },
  {
    method: 'GET',
    path: '/api/timetable/{job}/runs',
    run: (call) => ({ body: page(call.tarn.runs.get(jobOf(call).name) ?? [], call.query) }),
  },
  { method: 'POST', path: '/api/timetable/{job}/runs', run },
  { method: 'PUT', path: '/api/timetable/{job}/pause', run: pause },
  { method: 'DELETE', path: '/api/timetable/{job}/pause', run: resume },
]
