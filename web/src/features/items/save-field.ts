import type { QueryClient } from '@tanstack/react-query'
import { isProblem } from '@/api/api-problem'
import { changeItem, readItem } from '@/api/items'
import type { ItemView } from '@/api/types'
import { knownItems, storeItem } from './item-cache'
import {
  changeOf,
  type Difference,
  differences,
  type Field,
  fieldLabels,
  textOf,
} from './item-fields'

/** A text on its way into a cell; `seen` is what stood there when the typing began. */
export type Sending = { field: Field; text: string; seen: string }

/** Somebody was faster. Nothing is lost on either side until the person here decides. */
export class ChangedMeanwhile extends Error {
  readonly theirs: ItemView
  readonly changes: Difference[]

  constructor(theirs: ItemView, changes: Difference[]) {
    super('Somebody else changed this item meanwhile.')
    this.theirs = theirs
    this.changes = changes
  }
}

/**
 * Writes one cell over what the person has seen. A newer version that says the same to people (its
 * total came in) is no reason to ask them.
 */
export async function saveField(client: QueryClient, item: ItemView, sending: Sending) {
  const { field, text, seen } = sending
  const base = knownItems(client, item.projectId ?? '').find(({ id }) => id === item.id) ?? item
  if (textOf(base, field) !== seen) {
    const value = textOf(base, field) || 'none'
    throw new ChangedMeanwhile(base, [{ label: fieldLabels[field], value }])
  }
  const change = changeOf(field, text)
  try {
    return await changeItem(item.id, change, base.version)
  } catch (error) {
    if (!isProblem(error, 'version-mismatch')) throw error
    const theirs = await readItem(item.id)
    storeItem(client, theirs)
    const changes = differences(base, theirs)
    if (changes.length > 0) throw new ChangedMeanwhile(theirs, changes)
    return await changeItem(item.id, change, theirs.version)
  }
}
