import type { QueryClient } from '@tanstack/react-query'
import { isProblem } from '@/api/api-problem'
import { changeItem, readItem } from '@/api/items'
import type { ItemView } from '@/api/types'
import { knownItems, storeItem } from './item-cache'
import { changeOf, type Difference, differenceIn, type Field, textOf } from './item-fields'
import type { Sending } from './unsent-edits'

/** Somebody was faster. Nothing is lost on either side until the person here decides. */
export class ChangedMeanwhile extends Error {
  readonly theirs: ItemView
  readonly changes: Difference[]

  constructor(theirs: ItemView, changes: Difference[]) {
    super('Somebody else changed this meanwhile.')
    this.theirs = theirs
    this.changes = changes
  }
}

/** How often others may be faster before one is told to try again. */
const patience = 5

/**
 * Writes one cell over what the person has seen of it. Only this cell is sent, so a newer version
 * that differs in others is written over without asking.
 */
export async function saveField(client: QueryClient, item: ItemView, sending: Sending) {
  const { field, text, seen } = sending
  const known = knownItems(client, item.projectId ?? '').find(({ id }) => id === item.id) ?? item
  if (text === seen && textOf(known, field) === seen) return known
  let base = known
  for (let tries = 1; ; tries += 1) {
    const changes = contested(field, seen, known, base)
    if (changes.length > 0) throw new ChangedMeanwhile(base, changes)
    try {
      return await changeItem(item.id, changeOf(field, text), base.version)
    } catch (error) {
      if (!isProblem(error, 'version-mismatch') || tries === patience) throw error
      base = await readItem(item.id)
      storeItem(client, base)
    }
  }
}

/** What else has to be seen before: the cell itself, and what its number goes into. */
function contested(field: Field, seen: string, before: ItemView, now: ItemView): Difference[] {
  const own = textOf(now, field) === seen ? [] : [differenceIn(now, field)]
  const counts = field === 'quantity' || field === 'unitPrice'
  return counts && before.formula !== now.formula ? [...own, differenceIn(now, 'formula')] : own
}
