import { useQuery } from '@tanstack/react-query'
import { explain } from '@/api/api-problem'
import { timetableQuery } from '@/api/timetable'
import { SkeletonRows } from '@/ui/skeleton'
import { ErrorState } from '@/ui/states'
import { useTitle } from '@/ui/use-title'
import { JobPanel } from './job-panel'

export function TimetablePage() {
  useTitle('Timetable')
  const { data, error, isPending, refetch } = useQuery(timetableQuery)
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto grid max-w-3xl grid-cols-[minmax(0,1fr)] gap-6 px-4 py-6 sm:px-8">
        <div>
          <h1 className="font-semibold text-xl tracking-tight">Timetable</h1>
          <p className="text-ink-soft">
            What Tarn does by itself. You see this because you are an administrator.
          </p>
        </div>
        {isPending && <SkeletonRows />}
        {error && !data && <ErrorState message={explain(error)} onRetry={() => refetch()} />}
        {data?.jobs.map((job) => (
          <JobPanel key={job.name} job={job} />
        ))}
      </div>
    </div>
  )
}
