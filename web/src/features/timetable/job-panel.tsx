import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { explain } from '@/api/api-problem'
import { listed } from '@/api/list-cache'
import { pauseJob, resumeJob, runJob, runsQuery, timetableQuery } from '@/api/timetable'
import type { JobView, RunView } from '@/api/types'
import { Button } from '@/ui/button'
import { cn } from '@/ui/cn'
import { ago, fullDate } from '@/ui/dates'
import { Panel } from '@/ui/panel'
import { SkeletonRows } from '@/ui/skeleton'
import { toastProblem } from '@/ui/toast'
import { countsOf, outcomeWords, scheduleOf, tookOf } from './run-words'

/** One job: when it runs, what its last run did, and what an administrator may do about it. */
export function JobPanel({ job }: { job: JobView }) {
  const [showsRuns, setShowsRuns] = useState(false)
  return (
    <Panel title={job.name} lead={job.description} actions={<Actions job={job} />}>
      <p>
        Runs {scheduleOf(job)}.{' '}
        {job.pausedAt ? (
          <strong className="font-medium">
            Paused since <Timestamp at={job.pausedAt} />.
          </strong>
        ) : (
          job.nextAt && (
            <>
              Next: <Timestamp at={job.nextAt} />.
            </>
          )
        )}
      </p>
      {job.lastRun ? (
        <Run run={job.lastRun} />
      ) : (
        <p className="text-ink-soft">It has not run yet.</p>
      )}
      <Button
        size="small"
        className="mt-3"
        aria-expanded={showsRuns}
        aria-label={`Earlier runs of ${job.name}`}
        onClick={() => setShowsRuns(!showsRuns)}
      >
        {showsRuns ? 'Hide earlier runs' : 'Earlier runs'}
      </Button>
      {showsRuns && <Runs job={job} />}
    </Panel>
  )
}

function Actions({ job }: { job: JobView }) {
  const queryClient = useQueryClient()
  const change = useMutation({
    mutationFn: async (act: (job: string) => Promise<unknown>) => act(job.name),
    onError: (error) => toastProblem(explain(error)),
    onSettled: () => queryClient.invalidateQueries({ queryKey: timetableQuery.queryKey }),
  })
  return (
    <div className="flex shrink-0 gap-2">
      <Button
        size="small"
        aria-label={`${job.pausedAt ? 'Resume' : 'Pause'} ${job.name}`}
        disabled={change.isPending}
        onClick={() => change.mutate(job.pausedAt ? resumeJob : pauseJob)}
      >
        {job.pausedAt ? 'Resume' : 'Pause'}
      </Button>
      <Button
        size="small"
        aria-label={`Run ${job.name} now`}
        disabled={change.isPending}
        onClick={() => change.mutate(runJob)}
      >
        Run now
      </Button>
    </div>
  )
}

function Runs({ job }: { job: JobView }) {
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useInfiniteQuery(runsQuery(job.name))
  return (
    <div className="mt-3">
      {isPending && <SkeletonRows count={3} />}
      {error && <p className="text-danger">{explain(error)}</p>}
      <ul aria-label={`Runs of ${job.name}`} className="divide-y divide-line">
        {listed(data).map((run) => (
          <li key={run.id}>
            <Run run={run} />
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <Button size="small" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show more
        </Button>
      )}
    </div>
  )
}

/** When a run began, how long it took, what it did, or what went wrong. */
function Run({ run }: { run: RunView }) {
  const did = countsOf(run)
  return (
    <div className="py-1.5">
      <p>
        <span className={cn('font-medium', run.outcome === 'failed' && 'text-danger')}>
          {run.outcome ? outcomeWords[run.outcome] : 'Running'}
        </span>{' '}
        <span className="text-ink-faint text-xs">
          <Timestamp at={run.startedAt} />
          {run.endedAt && `, took ${tookOf(run)}`}
          {run.requestedBy && ', asked for by an administrator'}
        </span>
      </p>
      {run.outcome === 'succeeded' && (
        <p className="text-ink-soft">{did || 'There was nothing to do.'}</p>
      )}
      {run.error && <p className="wrap-anywhere text-danger">{run.error}</p>}
    </div>
  )
}

function Timestamp({ at }: { at: string }) {
  return (
    <time dateTime={at} title={fullDate(at)}>
      {ago(at, new Date())}
    </time>
  )
}
