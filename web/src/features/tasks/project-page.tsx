import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { explain, isProblem } from '@/api/api-problem'
import { useOnlookers } from '@/api/presence'
import { projectQuery } from '@/api/projects'
import type { ProjectView } from '@/api/types'
import { legible } from '@/ui/legible'
import { NoProject, ProjectBar } from '@/ui/project-bar'
import { SkeletonRows } from '@/ui/skeleton'
import { ErrorLine, ErrorState } from '@/ui/states'
import { useTitle } from '@/ui/use-title'
import { KeptTasks } from './kept-tasks'
import { TaskFilters } from './task-filters'
import { filterOf, useProjectParts, useTasks } from './task-queries'
import { isFiltered } from './task-search'

const route = getRouteApi('/app/projects/$projectId')

const BoardView = lazy(() => import('./board-view').then((file) => ({ default: file.BoardView })))
const ListView = lazy(() => import('./list-view').then((file) => ({ default: file.ListView })))
const TaskPanel = lazy(() => import('./task-panel').then((file) => ({ default: file.TaskPanel })))

export function ProjectPage() {
  const { projectId } = route.useParams()
  const project = useQuery(projectQuery(projectId))
  useTitle(project.data && legible(project.data.name))
  if (project.isPending)
    return (
      <div className="p-6">
        <SkeletonRows count={8} />
      </div>
    )
  if (isProblem(project.error, 'not-found'))
    return <NoProject wasShown={project.data !== undefined} />
  if (!project.data)
    return <ErrorState isPage message={explain(project.error)} onRetry={() => project.refetch()} />
  return <ProjectTasks key={projectId} project={project.data} />
}

function ProjectTasks({ project }: { project: ProjectView }) {
  const search = route.useSearch()
  const parts = useProjectParts(project.id)
  const onlookers = useOnlookers(project.id)
  const editable = project.role !== 'viewer' && !project.archived
  return (
    <div className="flex h-full flex-col">
      <ProjectBar project={project} onlookers={onlookers}>
        <TaskFilters parts={parts} />
      </ProjectBar>
      {search.view === 'board' && editable && <KeptTasks projectId={project.id} />}
      <Suspense fallback={<Loading />}>
        <Tasks project={project} editable={editable} />
      </Suspense>
      <Suspense>
        {search.task && (
          <TaskPanel key={search.task} id={search.task} parts={parts} editable={editable} />
        )}
      </Suspense>
    </div>
  )
}

function Tasks({ project, editable }: { project: ProjectView; editable: boolean }) {
  const search = route.useSearch()
  const parts = useProjectParts(project.id)
  const list = useTasks(filterOf(project.id, search))
  if (list.isPending) return <Loading />
  if (list.isError && list.tasks.length === 0)
    return <ErrorState message={explain(list.error)} onRetry={() => list.refetch()} />
  const more = {
    isPartial: list.hasNextPage,
    canReadMore: list.hasNextPage && !list.isFetching && !list.isFetchNextPageError,
    readMore: () => void list.fetchNextPage({ cancelRefetch: false }),
  }
  const shared = { project, parts, editable, tasks: list.tasks, filtered: isFiltered(search), more }
  return (
    <>
      {search.view === 'board' ? (
        <BoardView {...shared} archived={search.status === 'archived'} />
      ) : (
        <ListView {...shared} sort={search.sort} archived={search.status === 'archived'} />
      )}
      {list.isFetchNextPageError && (
        <ErrorLine
          className="shrink-0 border-line border-t px-4 py-2 sm:px-6"
          message={`Not all tasks are shown. ${explain(list.error)}`}
          onRetry={list.fetchNextPage}
          isTrying={list.isFetchingNextPage}
        />
      )}
    </>
  )
}

function Loading() {
  return (
    <div className="p-4 sm:px-6">
      <SkeletonRows count={10} />
    </div>
  )
}
