import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { explain } from '@/api/api-problem'
import { listed } from '@/api/list-cache'
import { pauseJob, resumeJob, runJob, runsQuery, timetableQuery } from '@/api/timetable'
import type { JobView, RunView } from '@/api/types'
import { Button } from '@/ui/button'
import { cn } from '@/ui/cn'
import { ago, fullDate } from '@/ui/dates'
import { SkeletonRows } from '@/ui/skeleton'
import { toastProblem } from '@/ui/toast'
import { countsOf, nextRunOf, outcomeWords, scheduleOf, titleOf, tookOf } from './run-words'

/** One job: when it runs, what its last run did, and what an administrator may do about it. */
export function JobRow({ job }: { job: JobView }) {
  const [showsRuns, setShowsRuns] = useState(false)
  const title = titleOf(job)
  return (
    <li>
      <section aria-label={title} className="px-4 py-3">
        <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
          <div className="min-w-60 grow basis-0">
            <h2 className="font-medium">
              {title}
              {job.pausedAt && (
                <span className="ml-2 rounded-full bg-hover px-2 py-0.5 font-normal text-ink-soft text-xs">
                  Paused <Timestamp at={job.pausedAt} />
                </span>
              )}
            </h2>
            <p className="text-ink-soft">{job.description}</p>
          </div>
          <Actions job={job} title={title} />
        </div>
        <p className="mt-1 text-ink-faint text-xs">
          Runs {scheduleOf(job)}
          {job.nextAt && !job.pausedAt && (
            <>
              {' · '}
              <time dateTime={job.nextAt} title={fullDate(job.nextAt)}>
                {nextRunOf(job.nextAt, new Date())}
              </time>
            </>
          )}
        </p>
        {job.lastRun ? (
          <Run run={job.lastRun} />
        ) : (
          <p className="text-ink-faint text-xs">It has not run yet.</p>
        )}
        {job.lastRun && (
          <button
            type="button"
            className="text-accent text-xs underline underline-offset-2 pointer-coarse:py-2"
            aria-expanded={showsRuns}
            aria-label={`Earlier runs of ${title}`}
            onClick={() => setShowsRuns(!showsRuns)}
          >
            {showsRuns ? 'Hide earlier runs' : 'Earlier runs'}
          </button>
        )}
        {showsRuns && <Runs job={job} title={title} />}
      </section>
    </li>
  )
}

function Actions({ job, title }: { job: JobView; title: string }) {
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
        aria-label={`${job.pausedAt ? 'Resume' : 'Pause'} ${title}`}
        disabled={change.isPending}
        onClick={() => change.mutate(job.pausedAt ? resumeJob : pauseJob)}
      >
        {job.pausedAt ? 'Resume' : 'Pause'}
      </Button>
      <Button
        size="small"
        aria-label={`Run ${title} now`}
        disabled={change.isPending}
        onClick={() => change.mutate(runJob)}
      >
        Run now
      </Button>
    </div>
  )
}

function Runs({ job, title }: { job: JobView; title: string }) {
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useInfiniteQuery(runsQuery(job.name))
  // The row above shows the last one.
  const runs = listed(data).filter(({ id }) => id !== job.lastRun?.id)
  return (
    <div className="mt-2">
      {isPending && <SkeletonRows count={3} />}
      {error && <p className="text-danger">{explain(error)}</p>}
      {data && runs.length === 0 && <p className="text-ink-faint text-xs">There are none.</p>}
      {runs.length > 0 && (
        <ul
          aria-label={`Runs of ${title}`}
          className="divide-y divide-line border-line border-l pl-3"
        >
          {runs.map((run) => (
            <li key={run.id}>
              <Run run={run} />
            </li>
          ))}
        </ul>
      )}
      {hasNextPage && (
        <Button
          size="small"
          className="mt-2"
          disabled={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          Show more
        </Button>
      )}
    </div>
  )
}

/** When a run began, how long it took, what it did, or what went wrong. */
function Run({ run }: { run: RunView }) {
  return (
    <div className="py-1 text-xs">
      <p className="text-ink-soft">
        <span className={cn('font-medium', run.outcome === 'failed' && 'text-danger')}>
          {run.outcome ? outcomeWords[run.outcome] : 'Running'}
        </span>{' '}
        <Timestamp at={run.startedAt} />
        {run.endedAt && `, took ${tookOf(run)}`}
        {run.requestedBy && ', requested by an administrator'}
        {run.outcome === 'succeeded' && `: ${countsOf(run) || 'nothing to do'}`}
      </p>
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
