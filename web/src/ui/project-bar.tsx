import { Link } from '@tanstack/react-router'
import {
  Archive,
  Coins,
  Columns3,
  Compass,
  List,
  MessagesSquare,
  Settings,
  Trash2,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from './button'
import { hasService } from './has-service'
import { legible } from './legible'
import { OnlookerCount, Onlookers } from './onlookers'
import { ProjectMark } from './project-mark'
import { EmptyState } from './states'

type Props = {
  project: { id: string; name: string; color: string; emoji: string | null; archived: boolean }
  /** The other members who look at it now. */
  onlookers?: { id: string; name: string }[]
  /** What narrows the view below. */
  children?: ReactNode
}

/** The head of each view of a project: its name, its views, its trash and its settings. */
export function ProjectBar({ project, onlookers = [], children }: Props) {
  return (
    <header className="grid shrink-0 grid-cols-[minmax(0,1fr)] gap-2.5 border-line border-b px-4 pt-3 pb-2.5 sm:px-6">
      <div className="flex items-center gap-2 sm:gap-3">
        <span className="relative grid shrink-0">
          <ProjectMark project={project} className="text-lg" />
          <OnlookerCount users={onlookers} />
        </span>
        <h1 dir="auto" className="min-w-0 truncate font-semibold text-lg tracking-tight">
          {legible(project.name)}
        </h1>
        {project.archived && (
          <span className="inline-flex items-center gap-1 rounded-full bg-warn-wash px-2 py-0.5 text-warn text-xs">
            <Archive className="size-3" aria-hidden="true" />
            Archived
          </span>
        )}
        <Onlookers users={onlookers} />
        <nav
          aria-label="View"
          className="ml-auto flex shrink-0 rounded-md border border-line bg-canvas p-0.5"
        >
          <TasksLink projectId={project.id} icon={<List />} label="List" view={undefined} />
          <TasksLink projectId={project.id} icon={<Columns3 />} label="Board" view="board" />
          <Link
            to="/projects/$projectId/items"
            params={{ projectId: project.id }}
            activeProps={active}
            className={entry}
          >
            <Coins aria-hidden="true" />
            <span className={entryText}>Items</span>
          </Link>
          {hasService('posts') && (
            <Link
              to="/projects/$projectId/posts"
              params={{ projectId: project.id }}
              activeProps={active}
              className={entry}
            >
              <MessagesSquare aria-hidden="true" />
              <span className={entryText}>Posts</span>
            </Link>
          )}
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
      {children}
    </header>
  )
}

const entry =
  'inline-flex h-6 items-center gap-1.5 rounded-[0.3125rem] px-2 font-medium text-ink-soft text-xs hover:text-ink pointer-coarse:h-8 [&>svg]:size-3.5'
/** On a phone the name of the project needs the room more than the names of its views. */
const entryText = 'max-sm:sr-only'
const active = { className: 'bg-raised text-ink shadow-lift' }

type LinkProps = {
  projectId: string
  icon: ReactNode
  label: string
  view: 'board' | undefined
}

function TasksLink({ projectId, icon, label, view }: LinkProps) {
  return (
    <Link
      to="/projects/$projectId"
      params={{ projectId }}
      // What narrows the items or the posts says nothing about tasks.
      search={({ name: _name, order: _order, words: _words, author: _author, ...was }) => ({
        ...was,
        view,
      })}
      activeOptions={{ exact: true, includeSearch: true }}
      activeProps={active}
      className={entry}
    >
      {icon}
      <span className={entryText}>{label}</span>
    </Link>
  )
}

type NoProjectProps = {
  /** Whether it was shown before: then its reader was a member. */
  wasShown: boolean
}

export function NoProject({ wasShown }: NoProjectProps) {
  return (
    <EmptyState
      isPage
      icon={<Compass />}
      title={
        wasShown ? 'You are no longer a member of this project' : 'This project cannot be found'
      }
      actions={
        <Button asChild>
          <Link to="/projects">All projects</Link>
        </Button>
      }
    >
      {wasShown
        ? 'An owner has removed you, or the project was deleted.'
        : 'It was deleted, or you are not one of its members.'}
    </EmptyState>
  )
}
