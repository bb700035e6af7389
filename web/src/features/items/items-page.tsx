import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Trash2 } from 'lucide-react'
import { useCallback, useMemo } from 'react'
import { explain, isProblem } from '@/api/api-problem'
import { itemsQuery } from '@/api/items'
import { listed } from '@/api/list-cache'
import { useOnlookers } from '@/api/presence'
import { projectQuery } from '@/api/projects'
import { Button } from '@/ui/button'
import { legible } from '@/ui/legible'
import { NoProject, ProjectBar } from '@/ui/project-bar'
import { SkeletonRows } from '@/ui/skeleton'
import { ErrorState } from '@/ui/states'
import { useTitle } from '@/ui/use-title'
import type { ItemScope } from './item-cache'
import { ItemFilters } from './item-filters'
import { filterOf, type ItemSearch } from './item-search'
import { ItemsTable } from './items-table'

const ofProject = getRouteApi('/app/projects/$projectId/items')
const ofOneself = getRouteApi('/app/items')

/** What a project counts and what it costs. */
export function ItemsPage() {
  const { projectId } = ofProject.useParams()
  const search = ofProject.useSearch()
  const navigate = ofProject.useNavigate()
  const onSearch = useCallback(
    (next: ItemSearch) => void navigate({ search: next, replace: true }),
    [navigate],
  )
  const project = useQuery(projectQuery(projectId))
  const onlookers = useOnlookers(projectId)
  useTitle(project.data && `Items of ${legible(project.data.name)}`)
  if (project.isPending) return <Loading />
  if (isProblem(project.error, 'not-found'))
    return <NoProject wasShown={project.data !== undefined} />
  if (!project.data)
    return <ErrorState isPage message={explain(project.error)} onRetry={() => project.refetch()} />
  const { role, archived } = project.data
  return (
    <div className="flex h-full flex-col">
      <ProjectBar project={project.data} onlookers={onlookers}>
        <ItemFilters search={search} onSearch={onSearch} />
      </ProjectBar>
      <Items
        key={projectId}
        projectId={projectId}
        search={search}
        onSearch={onSearch}
        editable={role !== 'viewer' && !archived}
      />
    </div>
  )
}

/** What one counts for oneself: nobody else sees it. */
export function OwnItemsPage() {
  const search = ofOneself.useSearch()
  const navigate = ofOneself.useNavigate()
  const onSearch = useCallback(
    (next: ItemSearch) => void navigate({ search: next, replace: true }),
    [navigate],
  )
  useTitle('My items')
  return (
    <div className="flex h-full flex-col">
      <header className="grid shrink-0 gap-2.5 border-line border-b px-4 pt-3 pb-2.5 sm:px-6">
        <div className="flex items-center gap-3">
          <h1 className="font-semibold text-lg tracking-tight">My items</h1>
          <p className="text-ink-soft">Nobody else sees them.</p>
          <Button asChild variant="ghost" size="icon" className="ml-auto">
            <Link to="/items/trash" aria-label="Trash" title="Trash">
              <Trash2 className="size-4" aria-hidden="true" />
            </Link>
          </Button>
        </div>
        <ItemFilters search={search} onSearch={onSearch} />
      </header>
      <Items projectId={null} search={search} onSearch={onSearch} editable />
    </div>
  )
}

type ItemsProps = {
  projectId: ItemScope
  search: ItemSearch
  onSearch: (search: ItemSearch) => void
  editable: boolean
}

function Items({ projectId, search, onSearch, editable }: ItemsProps) {
  const list = useInfiniteQuery(itemsQuery(projectId, filterOf(search)))
  const items = useMemo(() => listed(list.data), [list.data])
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
      onShowAll={search.name ? () => onSearch({ order: search.order }) : undefined}
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
