import { useQuery } from '@tanstack/react-query'
import { explain } from '@/api/api-problem'
import { itemSumsQuery } from '@/api/items'
import type { ItemSum } from '@/api/types'
import { ErrorLine } from '@/ui/states'
import { Amount } from './amount'
import type { ItemScope } from './item-cache'

/** What the items come to, by currency, of all pages: the server adds them up. */
export function ItemSums({ projectId }: { projectId: ItemScope }) {
  const { data, error, isFetching, refetch } = useQuery(itemSumsQuery(projectId))
  if (error && !data)
    return (
      <ErrorLine
        message={`The sums are missing. ${explain(error)}`}
        onRetry={refetch}
        isTrying={isFetching}
        className="justify-end text-xs"
      />
    )
  if (!data || data.items.length === 0) return null
  return (
    <section aria-label="Sums">
      <dl className="grid grid-cols-[1fr_minmax(6rem,auto)] items-baseline gap-x-3 gap-y-1 text-right">
        {data.items.map((sum) => (
          <div key={sum.currency ?? ''} className="contents">
            <dt className="text-ink-faint text-xs">
              {sum.currency ?? 'No currency'}: {counted(sum)}
            </dt>
            <dd className="min-w-0 font-semibold">
              <Amount value={sum.total} currency={sum.currency} exact={sum.exact} side="above" />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function counted({ items, unknown }: ItemSum): string {
  const all = `${items.toLocaleString()} ${items === 1 ? 'item' : 'items'}`
  return unknown === 0 ? all : `${all}, ${unknown.toLocaleString()} without total`
}
