import { Link } from '@tanstack/react-router'
import { ArrowRight, CircleCheck } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import type { ImportReport } from '@/api/types'
import { Button } from '@/ui/button'
import { cn } from '@/ui/cn'
import { legible } from '@/ui/legible'

type Line = ImportReport['lines'][number]

const severities: Record<Line['severity'], { title: string; look: string }> = {
  'left-out': { title: 'Left out', look: 'bg-danger-wash text-danger' },
  adjusted: { title: 'Adjusted', look: 'bg-warn-wash text-warn' },
  info: { title: 'Note', look: 'bg-sunken text-ink-soft' },
}

type Props = {
  report: Pick<ImportReport, 'project' | 'created' | 'leftOut' | 'lineCount' | 'lines'>
  /** What one may do beside opening the project. */
  children: ReactNode
  /** What leads to further lines. */
  more?: ReactNode
}

export function ImportReportView({ report, children, more }: Props) {
  const { project, leftOut, lineCount, lines } = report
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <section aria-label="Import report" className="grid gap-5">
      <div className="grid gap-3 rounded-xl bg-ok-wash p-4">
        <h2
          ref={heading}
          tabIndex={-1}
          className="flex items-center gap-2 font-semibold text-base focus-visible:outline-none"
        >
          <CircleCheck className="size-5 shrink-0 text-ok" aria-hidden="true" />
          <span className="min-w-0 truncate">“{legible(project.name)}” is here</span>
        </h2>
        <Created created={report.created} />
        <div className="flex flex-wrap gap-2">
          <Button asChild variant="primary">
            <Link
              to="/projects/$projectId"
              params={{ projectId: project.id }}
              search={{ view: 'board' }}
            >
              Open the project
              <ArrowRight className="size-4" aria-hidden="true" />
            </Link>
          </Button>
          {children}
        </div>
      </div>
      {lines.length === 0 ? (
        <p className="text-ink-soft">Everything in the file came along.</p>
      ) : (
        <div className="grid gap-2">
          <h3 className="font-semibold">
            {leftOut > 0 ? `${leftOut.toLocaleString()} left out` : 'Nothing was left out'}
          </h3>
          <Lines lines={lines} />
          {more}
          {lineCount > lines.length && (
            <p className="text-ink-soft">
              These are the first {lines.length.toLocaleString()} of {lineCount.toLocaleString()}.
            </p>
          )}
        </div>
      )}
    </section>
  )
}

function Created({ created }: { created: ImportReport['created'] }) {
  const counts = [
    [created.sections, 'section', 'sections'],
    [created.tasks, 'task', 'tasks'],
    [created.subtasks, 'sub-task', 'sub-tasks'],
    [created.labels, 'label', 'labels'],
  ] as const
  return (
    <p className="text-ink-soft">
      {counts
        .filter(([count]) => count > 0)
        .map(([count, one, many]) => `${count.toLocaleString()} ${count === 1 ? one : many}`)
        .join(' · ') || 'An empty project'}
    </p>
  )
}

function Lines({ lines }: { lines: Line[] }) {
  return (
    <ol className="divide-y divide-line overflow-hidden rounded-lg border border-line">
      {lines.map((line) => (
        <li
          key={`${line.line} ${line.path} ${line.code} ${line.detail}`}
          className="card-window flex items-start gap-3 px-3 py-2"
        >
          <span
            className={cn(
              'shrink-0 rounded-full px-2 text-xs leading-5',
              severities[line.severity].look,
            )}
          >
            {severities[line.severity].title}
          </span>
          <span className="wrap-anywhere min-w-0 grow">
            {line.detail}
            <span className="block text-ink-faint text-xs">{locationOf(line)}</span>
          </span>
        </li>
      ))}
    </ol>
  )
}

function locationOf({ line, path }: Line) {
  return [line !== null && `Line ${line.toLocaleString()}`, path].filter(Boolean).join(' · ')
}
