import type { AcceptedJob, ImportReport } from '../api/types'
import { type Call, page, type Route, required } from './fake-call.ts'
import type { FakeStore } from './fake-store.ts'

type Line = ImportReport['lines'][number]
export type FakeJob = AcceptedJob & { userId: string; lines: Line[] }

/** An import that is worked on. */
export function addImportJob(
  tarn: FakeStore,
  me: { id: string },
  progress: Partial<AcceptedJob> = {},
): FakeJob {
  const job: FakeJob = {
    id: tarn.nextId(),
    kind: 'import',
    state: 'running',
    total: 0,
    done: 0,
    rejected: 0,
    createdAt: new Date().toISOString(),
    startedAt: new Date().toISOString(),
    endedAt: null,
    imported: {
      fileName: 'house.csv',
      format: null,
      project: null,
      created: { sections: 0, tasks: 0, subtasks: 0, labels: 0 },
      leftOut: 0,
      lineCount: 0,
      problem: null,
    },
    userId: me.id,
    lines: [],
    ...progress,
  }
  tarn.acceptedJobs.push(job)
  return job
}

const jobOf = ({ tarn, me, path }: Call) =>
  required(tarn.acceptedJobs.find(({ id, userId }) => id === path.id && userId === me.id))

export function acceptedJob({ userId: _, lines: __, ...job }: FakeJob): AcceptedJob {
  return job
}

function cancel(call: Call) {
  const job = jobOf(call)
  if (!job.endedAt) Object.assign(job, { state: 'cancelled', endedAt: new Date().toISOString() })
  return { body: acceptedJob(job) }
}

export const jobRoutes: Route[] = [
  {
    method: 'GET',
    path: '/api/jobs',
    run: ({ tarn, me, query }) => ({
      body: page(
        tarn.acceptedJobs.filter(({ userId }) => userId === me.id).map(acceptedJob),
        query,
      ),
    }),
  },
  { method: 'GET', path: '/api/jobs/{id}', run: (call) => ({ body: acceptedJob(jobOf(call)) }) },
  { method: 'DELETE', path: '/api/jobs/{id}', run: cancel },
  {
    method: 'GET',
    path: '/api/jobs/{id}/lines',
    run: (call) => ({ body: page(jobOf(call).lines, call.query) }),
  },
]
