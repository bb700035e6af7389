import { useQuery } from '@tanstack/react-query'
import { explain, isProblem } from '@/api/api-problem'
import { timetableQuery } from '@/api/timetable'
import type { WorkerView } from '@/api/types'
import { meQuery } from '@/api/users'
import { SkeletonRows } from '@/ui/skeleton'
import { ErrorState, ForAdministrators } from '@/ui/states'
import { useTitle } from '@/ui/use-title'
import { JobRow } from './job-row'
import { titleOf } from './run-words'

export function TimetablePage() {
  useTitle('Timetable')
  const { data: me } = useQuery(meQuery)
  const enabled = me?.administrator === true
  const { data, error, isLoading, refetch } = useQuery({ ...timetableQuery, enabled })
  const isRefused = me?.administrator === false || isProblem(error, 'forbidden')
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto grid max-w-3xl grid-cols-[minmax(0,1fr)] gap-6 px-4 py-6 sm:px-8">
        <div>
          <h1 className="font-semibold text-xl tracking-tight">Timetable</h1>
          <p className="text-ink-soft">The recurring jobs of this Tarn, for administrators.</p>
        </div>
        {isLoading && <SkeletonRows />}
        {isRefused && (
          <ForAdministrators>
            The jobs of this Tarn are looked after by its administrators.
          </ForAdministrators>
        )}
        {error && !data && !isRefused && (
          <ErrorState message={explain(error)} onRetry={() => refetch()} />
        )}
        {data && <Workers workers={data.workers} />}
        {data && data.jobs.length > 0 && (
          <ul className="divide-y divide-line rounded-xl border border-line bg-raised shadow-lift">
            {data.jobs.map((job) => (
              <JobRow key={job.name} job={job} />
            ))}
          </ul>
        )}
      </div>
    </div>
  )
}

/** The workers that live; a job runs only while there is one. */
function Workers({ workers }: { workers: WorkerView[] }) {
  if (workers.length === 0) {
    return (
      <p role="status" className="text-danger">
        No worker has given a sign of life within 15 seconds: no job runs.
      </p>
    )
  }
  return (
    <ul aria-label="Workers" className="text-ink-soft">
      {workers.map(({ time, host, version, runningJobs }) => (
        <li key={`${host} ${time}`}>
          Worker on {host}, version {version}
          {runningJobs.length > 0 &&
            `, runs ${runningJobs.map((name) => titleOf({ name })).join(', ')}`}
        </li>
      ))}
    </ul>
  )
}
