import type { QueryClient } from '@tanstack/react-query'
import { isProblem } from '@/api/api-problem'
import { changeItem, readItem } from '@/api/items'
import type { ItemView } from '@/api/types'
import { changerOf } from '@/api/users'
import { changedLine } from '@/ui/changed-line'
import type { Sending } from './cell-draft-store'
import { knownItems, storeItem } from './item-cache'
import { changeOf, type Difference, differenceIn, textOf } from './item-fields'

/** Someone was faster. Nothing is lost on either side until the user here decides. */
export class ChangedMeanwhile extends Error {
  readonly theirs: ItemView
  readonly changes: Difference[]

  /** @param line who changed it, and when */
  constructor(theirs: ItemView, changes: Difference[], line: string) {
    super(line)
    this.theirs = theirs
    this.changes = changes
  }
}

/** How often others may be faster before one is told to try again. */
const maxAttempts = 5

/**
 * Writes one cell over what the user has seen of it. Only this cell is sent, so a newer version
 * that differs in others is written over without asking.
 */
export async function saveField(client: QueryClient, item: ItemView, sending: Sending) {
  const { field, text, seen } = sending
  const known = knownItems(client, item.projectId).find(({ id }) => id === item.id) ?? item
  if (text === seen && textOf(known, field) === seen) return known
  let base = known
  for (let tries = 1; ; tries += 1) {
    const changes = contested(sending, known, base)
    if (changes.length > 0) {
      const line = changedLine('this', await changerOf(client, base.updatedBy), base.updatedAt)
      throw new ChangedMeanwhile(base, changes, line)
    }
    try {
      return await changeItem(item.id, changeOf(field, text), base.version)
    } catch (error) {
      if (!isProblem(error, 'version-mismatch') || tries === maxAttempts) throw error
      base = await readItem(item.id)
      storeItem(client, base)
    }
  }
}

/**
 * What else has to be seen before: the cell itself, and what its number goes into. The same text is no
 * conflict: it may be one's own, written by a request whose answer was lost.
 */
function contested({ field, text, seen }: Sending, before: ItemView, now: ItemView): Difference[] {
  const own = [seen, text].includes(textOf(now, field)) ? [] : [differenceIn(now, field)]
  const counts = field === 'quantity' || field === 'unitPrice'
  return counts && before.formula !== now.formula ? [...own, differenceIn(now, 'formula')] : own
}
