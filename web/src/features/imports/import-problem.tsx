import { FileWarning } from 'lucide-react'
import { explain, isProblem } from '@/api/api-problem'

/** Why a file was refused, and at which place of it. */
export function ImportProblem({ error }: { error: Error }) {
  const errors = isProblem(error) ? (error.problem.errors ?? []) : []
  const isOpen = !isProblem(error) || isProblem(error, 'idempotency-in-flight')
  const title = isProblem(error, 'import-invalid')
    ? 'This file cannot be read'
    : 'The import did not work'
  return (
    <div role="alert" className="flex gap-3 rounded-lg bg-danger-wash px-4 py-3 text-danger">
      <FileWarning className="mt-0.5 size-5 shrink-0" aria-hidden="true" />
      <div className="grid min-w-0 gap-1">
        <p className="font-semibold">{title}</p>
        <p className="wrap-anywhere">{explain(error)}</p>
        {errors.length > 0 && (
          <ul className="grid gap-0.5">
            {errors.map(({ pointer, detail }) => (
              <li key={`${pointer} ${detail}`} className="wrap-anywhere">
                {pointer && <code className="mr-1.5 font-semibold">{pointer}</code>}
                {detail !== error.message && detail}
              </li>
            ))}
          </ul>
        )}
        <p>
          {isOpen
            ? 'What has arrived already is not imported twice.'
            : 'Nothing was imported. Mend the file or choose another one.'}
        </p>
      </div>
    </div>
  )
}
