import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { type ReactNode, useEffect, useState } from 'react'
import { explain } from '@/api/api-problem'
import { cancelJob, hasEnded, jobLinesQuery, jobQuery, jobsQuery, reportUrl } from '@/api/jobs'
import { projectsKey } from '@/api/projects'
import type { AcceptedJob } from '@/api/types'
import { Button } from '@/ui/button'
import { legible } from '@/ui/legible'
import { SkeletonRows } from '@/ui/skeleton'
import { ErrorState } from '@/ui/states'
import { toastProblem } from '@/ui/toast'
import { useTitle } from '@/ui/use-title'
import { ImportReportView } from './import-report-view'
import { paceOf, percentOf, stepOf } from './job-words'

const route = getRouteApi('/app/import/$jobId')

export function ImportJobPage() {
  useTitle('Import')
  const { jobId } = route.useParams()
  const { data: job, dataUpdatedAt, error, isPending, refetch } = useQuery(jobQuery(jobId))
  useNewProject(job)
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto grid max-w-2xl grid-cols-[minmax(0,1fr)] gap-5 px-4 py-6 sm:px-8">
        <h1 className="wrap-anywhere font-semibold text-xl tracking-tight">
          {job?.imported?.fileName ? `Import of ${legible(job.imported.fileName)}` : 'Import'}
        </h1>
        {isPending && <SkeletonRows />}
        {error && !job && <ErrorState message={explain(error)} onRetry={() => refetch()} />}
        {job && !hasEnded(job) && <Progress job={job} readAt={dataUpdatedAt} />}
        {job && hasEnded(job) && <Outcome job={job} />}
      </div>
    </div>
  )
}

/** Lists know of the project as soon as there is one. */
function useNewProject(job: AcceptedJob | undefined) {
  const queryClient = useQueryClient()
  const isEnded = job !== undefined && hasEnded(job)
  useEffect(() => {
    if (!isEnded) return
    void queryClient.invalidateQueries({ queryKey: projectsKey })
    void queryClient.invalidateQueries({ queryKey: jobsQuery.queryKey, exact: true })
  }, [isEnded, queryClient])
}

function Progress({ job, readAt }: { job: AcceptedJob; readAt: number }) {
  const queryClient = useQueryClient()
  const cancel = useMutation({
    mutationFn: () => cancelJob(job.id),
    onSuccess: (now) => queryClient.setQueryData(jobQuery(job.id).queryKey, now),
    onError: (error) => toastProblem(explain(error)),
  })
  return (
    <section aria-label="Progress" className="grid gap-3">
      <div className="grid gap-1.5" role="status">
        <p>{stepOf(job)}</p>
        <progress
          aria-label="Tasks that are read"
          className="h-1.5 w-full overflow-hidden rounded-full accent-accent"
          max={100}
          value={job.total === 0 ? undefined : percentOf(job)}
        />
        {job.done > 0 && <Pace job={job} readAt={readAt} />}
      </div>
      <p className="text-ink-soft">
        You need not wait here. The project appears when all of it is imported; until then there is
        nothing of it.
      </p>
      <Button
        className="justify-self-start"
        disabled={cancel.isPending}
        onClick={() => cancel.mutate()}
      >
        Cancel the import
      </Button>
    </section>
  )
}

/** How fast it is since this page was opened. */
function Pace({ job, readAt }: { job: AcceptedJob; readAt: number }) {
  const now = { done: job.done, at: readAt }
  const [first] = useState(now)
  return <p className="text-ink-soft text-xs">{paceOf(job.total, first, now)}</p>
}

function Outcome({ job }: { job: AcceptedJob }) {
  if (job.imported?.project) return <Report job={job} imported={job.imported} />
  const why =
    job.state === 'cancelled'
      ? 'This import was cancelled. Nothing of it was created.'
      : `This import failed. Nothing of it was created. ${job.imported?.problem?.detail ?? ''}`
  return (
    <>
      <p role={job.state === 'failed' ? 'alert' : 'status'} className="wrap-anywhere">
        {why}
      </p>
      <Actions>
        <Another />
      </Actions>
    </>
  )
}

function Report({
  job,
  imported,
}: {
  job: AcceptedJob
  imported: NonNullable<AcceptedJob['imported']>
}) {
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    jobLinesQuery(job.id),
  )
  const { project, created, leftOut, lineCount } = imported
  if (error) return <ErrorState message={explain(error)} onRetry={() => void fetchNextPage()} />
  if (!(data && project)) return <SkeletonRows />
  const more = (
    <Actions>
      {hasNextPage && (
        <Button disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show more
        </Button>
      )}
      <Button asChild>
        <a href={reportUrl(job.id)} download>
          Download as CSV
        </a>
      </Button>
    </Actions>
  )
  return (
    <ImportReportView
      report={{
        project,
        created,
        leftOut,
        lineCount,
        lines: data.pages.flatMap(({ items }) => items),
      }}
      more={more}
    >
      <Another />
    </ImportReportView>
  )
}

const Actions = ({ children }: { children: ReactNode }) => (
  <div className="flex flex-wrap gap-2">{children}</div>
)

const Another = () => (
  <Button asChild>
    <Link to="/import">Import another file</Link>
  </Button>
)
