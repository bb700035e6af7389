import { Link } from '@tanstack/react-router'
import { Archive, Columns3, List, Settings, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ProjectView } from '@/api/types'
import { Button } from '@/ui/button'
import { legible } from '@/ui/legible'
import { TaskFilters } from './task-filters'
import type { ProjectParts } from './task-queries'

export function ProjectHeader({ project, parts }: { project: ProjectView; parts: ProjectParts }) {
  return (
    <header className="grid shrink-0 grid-cols-[minmax(0,1fr)] gap-2.5 border-line border-b px-4 pt-3 pb-2.5 sm:px-6">
      <div className="flex items-center gap-2 sm:gap-3">
        <h1 className="min-w-0 truncate font-semibold text-lg tracking-tight">
          {legible(project.name)}
        </h1>
        {project.archived && (
          <span className="inline-flex items-center gap-1 rounded-full bg-warn-wash px-2 py-0.5 text-warn text-xs">
            <Archive className="size-3" aria-hidden="true" />
            Archived
          </span>
        )}
        <nav
          aria-label="View"
          className="ml-auto flex shrink-0 rounded-md border border-line bg-canvas p-0.5"
        >
          <ViewLink icon={<List />} label="List" />
          <ViewLink icon={<Columns3 />} label="Board" view="board" />
        </nav>
        <div className="flex shrink-0">
          <Button asChild variant="ghost" size="icon">
            <Link
              to="/projects/$projectId/trash"
              params={{ projectId: project.id }}
              aria-label="Trash"
              title="Trash"
            >
              <Trash2 className="size-4" aria-hidden="true" />
            </Link>
          </Button>
          <Button asChild variant="ghost" size="icon">
            <Link
              to="/projects/$projectId/settings"
              params={{ projectId: project.id }}
              aria-label="Project settings"
              title="Project settings"
            >
              <Settings className="size-4" aria-hidden="true" />
            </Link>
          </Button>
        </div>
      </div>
      <TaskFilters parts={parts} />
    </header>
  )
}

function ViewLink({ icon, label, view }: { icon: ReactNode; label: string; view?: 'board' }) {
  return (
    <Link
      from="/projects/$projectId"
      to="/projects/$projectId"
      search={(was) => ({ ...was, view })}
      activeOptions={{ exact: true, includeSearch: true }}
      activeProps={{ className: 'bg-raised text-ink shadow-lift' }}
      className="inline-flex h-6 items-center gap-1.5 rounded-[0.3125rem] px-2 font-medium text-ink-soft text-xs hover:text-ink [&>svg]:size-3.5"
    >
      {icon}
      {label}
    </Link>
  )
}
