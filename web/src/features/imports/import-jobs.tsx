import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { jobsQuery } from '@/api/jobs'
import type { AcceptedJob } from '@/api/types'
import { ago } from '@/ui/dates'
import { legible } from '@/ui/legible'
import { stateOf } from './job-words'

/** The caller's imports that were or are jobs, the latest first; nothing when there are none. */
export function ImportJobs() {
  const { data } = useQuery(jobsQuery)
  const imports = data?.items.filter(({ kind }) => kind === 'import') ?? []
  if (imports.length === 0) return null
  return (
    <section aria-label="Earlier imports" className="grid gap-2">
      <h2 className="font-semibold">Large files</h2>
      <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line">
        {imports.map((job) => (
          <li key={job.id}>
            <Link
              to="/import/$jobId"
              params={{ jobId: job.id }}
              className="flex items-baseline justify-between gap-3 px-3 py-2 hover:bg-hover"
            >
              <span dir="auto" className="min-w-0 truncate font-medium">
                {legible(nameOf(job))}
              </span>{' '}
              <span className="shrink-0 text-ink-soft text-xs">
                {stateOf(job)} · {ago(job.createdAt, new Date())}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

function nameOf({ imported }: AcceptedJob) {
  return imported?.project?.name ?? imported?.fileName ?? 'A file'
}
