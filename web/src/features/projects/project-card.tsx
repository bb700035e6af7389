import { Link } from '@tanstack/react-router'
import type { ProjectView } from '@/api/types'
import { legible } from '@/ui/legible'
import { ProjectMark } from '@/ui/project-mark'
import { taskCounts } from '@/ui/task-counts'

export function ProjectCard({ project }: { project: ProjectView }) {
  const { id, name, description } = project
  return (
    <li className="relative grid grid-cols-[minmax(0,1fr)] content-start gap-1 rounded-lg border border-line bg-raised p-4 shadow-lift transition-colors focus-within:border-accent hover:border-line-strong">
      <h2 className="flex min-w-0 items-center gap-2 font-semibold">
        <ProjectMark project={project} />
        <Link
          dir="auto"
          to="/projects/$projectId"
          params={{ projectId: id }}
          className="truncate after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:rounded-lg focus-visible:after:outline-2 focus-visible:after:outline-accent"
        >
          {legible(name)}
        </Link>
      </h2>
      <p dir="auto" className="wrap-anywhere line-clamp-1 min-h-5 text-ink-soft">
        {description}
      </p>
      <Progress project={project} />
    </li>
  )
}

function Progress({ project }: { project: ProjectView }) {
  const { all, isCapped, open, done } = taskCounts(project)
  const share = all === 0 ? 0 : Math.round((100 * project.doneTasks) / all)
  return (
    <div className="mt-2 grid gap-1.5">
      <div aria-hidden="true" className="h-1 overflow-hidden rounded-full bg-hover">
        {!isCapped && (
          <div className="h-full rounded-full bg-accent" style={{ width: `${share}%` }} />
        )}
      </div>
      <p className="text-ink-faint text-xs tabular-nums">
        {all === 0 ? 'No tasks yet' : `${open} open · ${done} done`}
      </p>
    </div>
  )
}
