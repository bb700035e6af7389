import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Archive, FolderInput, Plus, Search, Trash2 } from 'lucide-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { explain } from '@/api/api-problem'
import { listed } from '@/api/list-cache'
import { projectsQuery } from '@/api/projects'
import { Button } from '@/ui/button'
import { cn } from '@/ui/cn'
import { EndMark } from '@/ui/end-mark'
import { Input } from '@/ui/field'
import { SkeletonRows } from '@/ui/skeleton'
import { EmptyState, ErrorLine, ErrorState } from '@/ui/states'
import { useDebounced } from '@/ui/use-debounced'
import { useHotkey } from '@/ui/use-hotkey'
import { useTitle } from '@/ui/use-title'
import { ProjectCard } from './project-card'

const route = getRouteApi('/app/projects')

const CreateProjectDialog = lazy(() =>
  import('./create-project-dialog').then((file) => ({ default: file.CreateProjectDialog })),
)

export function ProjectsPage() {
  useTitle('Projects')
  const { archived = false, new: creating = false } = route.useSearch()
  const navigate = useNavigate({ from: '/projects' })
  const create = () => navigate({ search: (was) => ({ ...was, new: true }) })
  useHotkey('n', create)
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto grid max-w-4xl grid-cols-[minmax(0,1fr)] gap-5 px-4 py-6 sm:px-8">
        <div className="flex flex-wrap items-center gap-2">
          <h1 className="mr-auto font-semibold text-xl tracking-tight">
            {archived ? 'Archived projects' : 'Projects'}
          </h1>
          <Button asChild>
            <Link to="/import">
              <FolderInput className="size-4" aria-hidden="true" />
              Import
            </Link>
          </Button>
          <Button variant="primary" onClick={create}>
            <Plus className="size-4" aria-hidden="true" />
            New project
          </Button>
        </div>
        <ProjectFilters />
        <ProjectList onCreate={create} />
      </div>
      {creating && (
        <Suspense>
          <CreateProjectDialog
            onClose={() => navigate({ search: (was) => ({ ...was, new: undefined }) })}
          />
        </Suspense>
      )}
    </div>
  )
}

function ProjectFilters() {
  const { text = '', archived = false } = route.useSearch()
  const navigate = useNavigate({ from: '/projects' })
  const [typed, setTyped] = useState(text)
  const settled = useDebounced(typed)
  useEffect(() => {
    if (settled !== text)
      void navigate({ search: (was) => ({ ...was, text: settled || undefined }), replace: true })
  }, [settled, text, navigate])
  return (
    <div className="flex items-center gap-2">
      <div className="relative grow sm:max-w-72">
        <Search
          className="absolute top-2 left-2.5 size-4 text-ink-faint pointer-coarse:top-3"
          aria-hidden="true"
        />
        <Input
          type="search"
          aria-label="Search projects"
          placeholder="Search projects"
          className="pl-8"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </div>
      <Button
        aria-pressed={archived}
        className={cn(archived && 'border-accent bg-accent-wash')}
        onClick={() =>
          navigate({ search: (was) => ({ ...was, archived: archived ? undefined : true }) })
        }
      >
        <Archive className="size-4" aria-hidden="true" />
        Archived
      </Button>
      <Button asChild>
        <Link to="/projects/trash">
          <Trash2 className="size-4" aria-hidden="true" />
          Deleted
        </Link>
      </Button>
    </div>
  )
}

function ProjectList({ onCreate }: { onCreate: () => void }) {
  const { text, archived = false } = route.useSearch()
  const filter = { ...(text ? { text } : {}), ...(archived ? { archived } : {}) }
  const {
    data,
    error,
    isPending,
    refetch,
    hasNextPage,
    isFetchNextPageError,
    isFetching,
    isFetchingNextPage,
    fetchNextPage,
  } = useInfiniteQuery(projectsQuery(filter))
  const readOn = () => void fetchNextPage({ cancelRefetch: false })
  if (isPending) return <SkeletonRows count={4} className="h-24" />
  if (!data) return <ErrorState message={explain(error)} onRetry={() => refetch()} />
  const projects = listed(data)
  if (projects.length === 0)
    return text || archived ? (
      <NothingFound archived={archived} />
    ) : (
      <FirstSteps onCreate={onCreate} />
    )
  return (
    <>
      <ul className="grid gap-3 sm:grid-cols-2">
        {projects.map((project) => (
          <ProjectCard key={project.id} project={project} />
        ))}
      </ul>
      {isFetchNextPageError ? (
        <ErrorLine message={explain(error)} onRetry={readOn} isTrying={isFetchingNextPage} />
      ) : (
        hasNextPage && !isFetching && <EndMark key={projects.length} onSeen={readOn} />
      )}
    </>
  )
}

function NothingFound({ archived }: { archived: boolean }) {
  return (
    <EmptyState title={archived ? 'No archived projects' : 'No project matches'}>
      {archived
        ? 'A project that is finished can be archived in its settings.'
        : 'Try other words, or look among the archived ones.'}
    </EmptyState>
  )
}

function FirstSteps({ onCreate }: { onCreate: () => void }) {
  return (
    <EmptyState
      title="Start your first project"
      actions={
        <>
          <Button variant="primary" onClick={onCreate}>
            <Plus className="size-4" aria-hidden="true" />
            Create a project
          </Button>
          <Button asChild>
            <Link to="/import">
              <FolderInput className="size-4" aria-hidden="true" />
              Import a file
            </Link>
          </Button>
        </>
      }
    >
      A project holds tasks on a list and on a board. You can also bring one along from Trello,
      Todoist or a CSV file.
    </EmptyState>
  )
}
