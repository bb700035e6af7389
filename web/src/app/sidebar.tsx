import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import {
  Calculator,
  CalendarClock,
  Coins,
  FolderInput,
  Inbox,
  Plus,
  Search,
  Users,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { listed } from '@/api/list-cache'
import { projectsQuery } from '@/api/projects'
import type { ProjectView } from '@/api/types'
import { meQuery } from '@/api/users'
import { Button } from '@/ui/button'
import { EndMark } from '@/ui/end-mark'
import { hasService } from '@/ui/has-service'
import { legible } from '@/ui/legible'
import { Mark } from '@/ui/mark'
import { ProjectMark } from '@/ui/project-mark'
import { Skeleton } from '@/ui/skeleton'
import { taskCounts } from '@/ui/task-counts'
import { UserMenu } from './user-menu'

type Props = { onNavigate: () => void; onHelp: () => void; onSearch: () => void }

export function Sidebar({ onNavigate, onHelp, onSearch }: Props) {
  const { data: me } = useQuery(meQuery)
  return (
    <div className="flex h-full flex-col bg-canvas">
      <Link
        to="/projects"
        onClick={onNavigate}
        className="m-3 mb-2 flex items-center gap-2 rounded-md"
      >
        <Mark className="size-7" />
        <span className="font-semibold text-base tracking-tight">Tarn</span>
      </Link>
      <nav aria-label="Main" className="flex min-h-0 grow flex-col gap-4 overflow-y-auto px-2 py-2">
        <div className="grid grid-cols-[minmax(0,1fr)] gap-px">
          <button
            type="button"
            onClick={onSearch}
            className={entry}
            aria-keyshortcuts="/ Control+K"
          >
            <Search className="size-4" aria-hidden="true" />
            Search
            <span aria-hidden="true" className="ml-auto text-ink-faint text-xs">
              /
            </span>
          </button>
          <SidebarLink
            to="/projects"
            icon={<Inbox />}
            label="All projects"
            onNavigate={onNavigate}
          />
          <SidebarLink to="/items" icon={<Coins />} label="My items" onNavigate={onNavigate} />
          <SidebarLink to="/import" icon={<FolderInput />} label="Import" onNavigate={onNavigate} />
          {hasService('calculator') && (
            <SidebarLink
              to="/calculator"
              icon={<Calculator />}
              label="Calculator"
              onNavigate={onNavigate}
            />
          )}
          {me?.administrator && (
            <SidebarLink to="/people" icon={<Users />} label="People" onNavigate={onNavigate} />
          )}
          {me?.administrator && hasService('worker') && (
            <SidebarLink
              to="/timetable"
              icon={<CalendarClock />}
              label="Timetable"
              onNavigate={onNavigate}
            />
          )}
        </div>
        <SidebarProjects onNavigate={onNavigate} />
      </nav>
      <div className="border-line border-t p-2">
        <UserMenu onNavigate={onNavigate} onHelp={onHelp} />
      </div>
    </div>
  )
}

const entry =
  'flex h-8 min-w-0 items-center gap-2 rounded-md px-2 text-ink-soft hover:bg-hover hover:text-ink pointer-coarse:h-10'
const current = { className: 'bg-hover font-medium text-ink' }

type LinkProps = {
  to: '/projects' | '/items' | '/import' | '/calculator' | '/people' | '/timetable'
  icon: ReactNode
  label: string
  onNavigate: () => void
}

function SidebarLink({ to, icon, label, onNavigate }: LinkProps) {
  return (
    <Link
      to={to}
      onClick={onNavigate}
      className={entry}
      activeOptions={{ exact: true, includeSearch: false }}
      activeProps={current}
    >
      <span aria-hidden="true" className="[&>svg]:size-4">
        {icon}
      </span>
      {label}
    </Link>
  )
}

function SidebarProjects({ onNavigate }: { onNavigate: () => void }) {
  const {
    data,
    isPending,
    isFetching,
    hasNextPage,
    isFetchingNextPage,
    isFetchNextPageError,
    fetchNextPage,
  } = useInfiniteQuery(projectsQuery())
  const readOn = () => void fetchNextPage({ cancelRefetch: false })
  const projects = listed(data)
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-px">
      <div className="flex items-center justify-between pl-2">
        <h2 className="font-medium text-ink-faint text-xs">Projects</h2>
        <Button asChild variant="ghost" size="small-icon">
          <Link to="/projects" search={{ new: true }} onClick={onNavigate} aria-label="New project">
            <Plus className="size-4" aria-hidden="true" />
          </Link>
        </Button>
      </div>
      {projects.map((project) => (
        <ProjectLink key={project.id} project={project} onNavigate={onNavigate} />
      ))}
      {isPending || isFetchingNextPage ? (
        <SidebarSkeleton />
      ) : isFetchNextPageError ? (
        <button type="button" className={entry} onClick={readOn}>
          Show more projects
        </button>
      ) : (
        hasNextPage && !isFetching && <EndMark key={projects.length} onSeen={readOn} />
      )}
    </div>
  )
}

function ProjectLink({ project, onNavigate }: { project: ProjectView; onNavigate: () => void }) {
  return (
    <Link
      to="/projects/$projectId"
      params={{ projectId: project.id }}
      activeOptions={{ includeSearch: false }}
      activeProps={current}
      onClick={onNavigate}
      className={entry}
    >
      <ProjectMark project={project} />
      <span dir="auto" className="truncate">
        {legible(project.name)}
      </span>
      {project.openTasks > 0 && (
        <span className="ml-auto text-ink-faint text-xs tabular-nums">
          {taskCounts(project).open}
          <span className="sr-only"> open</span>
        </span>
      )}
    </Link>
  )
}

function SidebarSkeleton() {
  return (
    <div className="grid gap-2 px-2 py-1">
      <Skeleton className="h-5" />
      <Skeleton className="h-5 w-4/5" />
      <Skeleton className="h-5 w-3/5" />
    </div>
  )
}
