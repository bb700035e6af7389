import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import { isProblem } from '@/api/api-problem'
import { calculateItem, itemsKey } from '@/api/items'
import type { ItemView } from '@/api/types'
import { type ItemScope, knownItems, refreshSums, storeItem } from './item-cache'
import { type CellProblem, noTotal, problemAt } from './item-fields'

const firstPauseMs = 3_000
const maxPauseMs = 60_000
/** When so many stay without an answer, the calculator is away for the others too. */
const maxFruitless = 3

/** Why an item has no total, as it stood at that version. */
type Reason = { version: number; problems: CellProblem[] }
type Round = { fruitless: number; reasons: Record<string, Reason> }

const none: CellProblem[] = []

/**
 * Asks for the totals that are not known yet, one after the other, and again after ever longer
 * pauses while the page is looked at. What comes to nothing has its reason told.
 */
export function usePendingTotals(projectId: ItemScope, items: ItemView[], editable: boolean) {
  const client = useQueryClient()
  const key = [...itemsKey(projectId), 'pending']
  const known = client.getQueryData<Round>(key)?.reasons ?? {}
  const isWaiting = items.some((item) => !isKnown(item, known))
  const { data, refetch, isFetching } = useQuery({
    queryKey: key,
    queryFn: () => round(client, projectId, client.getQueryData<Round>(key)),
    enabled: editable && isWaiting,
    refetchInterval: ({ state }) =>
      Math.min(firstPauseMs * 2 ** Math.max(0, (state.data?.fruitless ?? 0) - 1), maxPauseMs),
    staleTime: 0,
    retry: false,
  })
  return {
    isAsking: isFetching,
    ask: () => void refetch({ cancelRefetch: false }),
    reasonsFor: (item: ItemView): CellProblem[] => {
      const reason = data?.reasons[item.id]
      return reason?.version === item.version ? reason.problems : none
    },
  }
}

const isKnown = ({ id, version, totalState }: ItemView, reasons: Record<string, Reason>) =>
  totalState === 'done' || reasons[id]?.version === version

async function round(
  client: QueryClient,
  projectId: ItemScope,
  before: Round = { fruitless: 0, reasons: {} },
): Promise<Round> {
  const reasons = { ...before.reasons }
  let unanswered = 0
  for (const item of knownItems(client, projectId)) {
    if (isKnown(item, reasons)) continue
    const outcome = await ask(client, item)
    if (outcome === 'unanswered') unanswered += 1
    else if (outcome !== 'done') reasons[item.id] = outcome
    if (unanswered === maxFruitless) break
  }
  refreshSums(client, projectId)
  return { fruitless: unanswered > 0 ? before.fruitless + 1 : 0, reasons }
}

async function ask(client: QueryClient, item: ItemView): Promise<'done' | 'unanswered' | Reason> {
  try {
    const answer = await calculateItem(item.id)
    storeItem(client, answer)
    if (answer.totalState === 'failed')
      return { version: answer.version, problems: [problemAt('formula', noTotal)] }
    return answer.totalState === 'pending' ? 'unanswered' : 'done'
  } catch (error) {
    if (isProblem(error, 'unauthenticated')) throw error
    return 'unanswered'
  }
}
