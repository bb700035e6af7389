import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ArrowLeft, Trash2 } from 'lucide-react'
import { explain } from '@/api/api-problem'
import { listed } from '@/api/list-cache'
import { projectsKey, projectsQuery, restoreProject } from '@/api/projects'
import { DeletedThings } from '@/ui/deleted-things'
import { legible } from '@/ui/legible'
import { SkeletonRows } from '@/ui/skeleton'
import { EmptyState, ErrorState } from '@/ui/states'
import { useTitle } from '@/ui/use-title'

/** The projects that their owner, the reader, has deleted. */
export function ProjectsTrashPage() {
  useTitle('Deleted projects')
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto grid max-w-3xl grid-cols-[minmax(0,1fr)] gap-4 px-4 py-6 sm:px-8">
        <div>
          <Link
            to="/projects"
            className="inline-flex items-center gap-1 text-ink-soft hover:text-ink"
          >
            <ArrowLeft className="size-4" aria-hidden="true" />
            Projects
          </Link>
          <h1 className="mt-1 font-semibold text-xl tracking-tight">Deleted projects</h1>
        </div>
        <Trash />
      </div>
    </div>
  )
}

function Trash() {
  const client = useQueryClient()
  const list = useInfiniteQuery(projectsQuery({ deleted: true, sort: '-updatedAt' }))
  const own = listed(list.data).filter(({ role }) => role === 'owner')
  const things = own.map(({ id, name, updatedAt }) => ({
    id,
    name: legible(name),
    deletedAt: updatedAt,
  }))
  const restoration = useMutation({
    mutationFn: restoreProject,
    onSuccess: () => client.invalidateQueries({ queryKey: projectsKey }),
  })
  if (list.isPending) return <SkeletonRows />
  if (list.error && things.length === 0)
    return <ErrorState message={explain(list.error)} onRetry={() => list.refetch()} />
  if (things.length === 0)
    return (
      <EmptyState icon={<Trash2 />} title="No deleted projects">
        Projects of your own that you delete wait here with all that is in them, in case you want
        them back.
      </EmptyState>
    )
  return (
    <DeletedThings
      things={things}
      restore={restoration.mutateAsync}
      backTo="among your projects"
      list={list}
      error={list.error ? explain(list.error) : undefined}
    />
  )
}
