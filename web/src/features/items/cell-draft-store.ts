import { useSyncExternalStore } from 'react'
import { createDraftStore } from '@/api/draft-store'
import type { CellProblem, Difference, Field } from './item-fields'

/**
 * A text on its way into a cell, as it was typed and as the server reads it; `seen` is what stood
 * there when the typing began.
 */
export type Sending = { field: Field; typed: string; text: string; seen: string }

type Typed = { typed: string; seen: string }
/** `underway`: what was sent before the typing went on. */
type Typing = { state: 'typing'; underway?: Sending }
type Saving = { state: 'saving'; sending: Sending }
type Saved = { state: 'saved'; version: number }
type RefusedEdit = {
  state: 'refused'
  sent: string
  problems: CellProblem[]
  theirs: Difference[]
  /** Whether the same text may be taken another time. */
  again: boolean
}
export type Edit = Typed & (Typing | Saving | Saved | RefusedEdit)
export type Edits = Partial<Record<Field, Edit>>

/** What was typed into the cells of an item and is not saved yet. */
const cellDrafts = createDraftStore<Edits>((edits) =>
  Object.values(edits).some(({ state, typed, seen }) => state !== 'saved' && typed !== seen),
)
const none: Edits = {}

export const editsAt = (key: string): Edits => cellDrafts.at(key) ?? none

export function keepEdit(key: string, field: Field, edit: Edit | undefined) {
  const { [field]: _, ...rest } = editsAt(key)
  const edits = edit ? { ...rest, [field]: edit } : rest
  cellDrafts.keep(key, Object.keys(edits).length > 0 ? edits : undefined)
}

/** Of an item that is no more. */
export const forgetEdits = (key: string) => cellDrafts.keep(key, undefined)

export const useEdits = (key: string): Edits =>
  useSyncExternalStore(cellDrafts.subscribe, () => editsAt(key))
