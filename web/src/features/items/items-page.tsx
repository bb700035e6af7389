import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'
import { explain, isProblem } from '@/api/api-problem'
import { projectQuery } from '@/api/projects'
import { legible } from '@/ui/legible'
import { NoProject, ProjectBar } from '@/ui/project-bar'
import { SkeletonRows } from '@/ui/skeleton'
import { ErrorState } from '@/ui/states'
import { useTitle } from '@/ui/use-title'
import { flatten } from './item-cache'
import { ItemFilters } from './item-filters'
import { itemsQuery } from './item-queries'
import { ItemsTable } from './items-table'

const route = getRouteApi('/app/projects/$projectId/items')

/** What a project counts and what it costs. */
export function ItemsPage() {
  const { projectId } = route.useParams()
  const project = useQuery(projectQuery(projectId))
  useTitle(project.data && `Items of ${legible(project.data.name)}`)
  if (project.isPending) return <Loading />
  if (isProblem(project.error, 'not-found')) return <NoProject />
  if (!project.data)
    return <ErrorState message={explain(project.error)} onRetry={() => project.refetch()} />
  const { role, archived } = project.data
  return (
    <div className="flex h-full flex-col">
      <ProjectBar project={project.data}>
        <ItemFilters />
      </ProjectBar>
      <Items key={projectId} projectId={projectId} editable={role !== 'viewer' && !archived} />
    </div>
  )
}

function Items({ projectId, editable }: { projectId: string; editable: boolean }) {
  const search = route.useSearch()
  const list = useInfiniteQuery(itemsQuery(projectId, search))
  const items = useMemo(() => flatten(list.data), [list.data])
  if (list.isPending) return <Loading />
  if (list.isError && items.length === 0)
    return <ErrorState message={explain(list.error)} onRetry={() => list.refetch()} />
  const more = {
    hasMore: list.hasNextPage,
    isReading: list.isFetchingNextPage,
    problem: list.isFetchNextPageError ? explain(list.error) : null,
    read: () => void list.fetchNextPage(),
  }
  return (
    <ItemsTable
      projectId={projectId}
      items={items}
      isSearched={search.name !== undefined}
      editable={editable}
      more={more}
    />
  )
}

function Loading() {
  return (
    <div className="p-4 sm:px-6">
      <SkeletonRows count={8} />
    </div>
  )
}
