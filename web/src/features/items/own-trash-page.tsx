import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ArrowLeft, Trash2 } from 'lucide-react'
import { explain } from '@/api/api-problem'
import { deletedItemsQuery, itemsKey, restoreItem } from '@/api/items'
import { listed } from '@/api/list-cache'
import { DeletedThings } from '@/ui/deleted-things'
import { legible } from '@/ui/legible'
import { SkeletonRows } from '@/ui/skeleton'
import { EmptyState, ErrorState } from '@/ui/states'
import { useTitle } from '@/ui/use-title'

/** What was deleted of one's own items. */
export function OwnTrashPage() {
  useTitle('Trash of my items')
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto grid max-w-3xl grid-cols-[minmax(0,1fr)] gap-4 px-4 py-6 sm:px-8">
        <div>
          <Link to="/items" className="inline-flex items-center gap-1 text-ink-soft hover:text-ink">
            <ArrowLeft className="size-4" aria-hidden="true" />
            My items
          </Link>
          <h1 className="mt-1 font-semibold text-xl tracking-tight">Trash</h1>
        </div>
        <Trash />
      </div>
    </div>
  )
}

function Trash() {
  const client = useQueryClient()
  const list = useInfiniteQuery(deletedItemsQuery(null))
  const things = listed(list.data).map(({ id, name, deletedAt }) => ({
    id,
    name: legible(name),
    deletedAt,
  }))
  const restoration = useMutation({
    mutationFn: restoreItem,
    onSuccess: () => client.invalidateQueries({ queryKey: itemsKey(null) }),
  })
  if (list.isPending) return <SkeletonRows />
  if (list.error && things.length === 0)
    return <ErrorState message={explain(list.error)} onRetry={() => list.refetch()} />
  if (things.length === 0)
    return (
      <EmptyState icon={<Trash2 />} title="The trash is empty">
        Items you delete wait here, in case you want them back.
      </EmptyState>
    )
  return (
    <DeletedThings
      things={things}
      restore={restoration.mutateAsync}
      backTo="among your items"
      list={list}
      error={list.error ? explain(list.error) : undefined}
    />
  )
}
