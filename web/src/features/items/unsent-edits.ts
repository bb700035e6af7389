import { useSyncExternalStore } from 'react'
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

/**
 * What was typed into cells and is not saved yet, so that opening another page loses nothing. In
 * memory: it ends with the page, and the browser asks before.
 */
const unsent = new Map<string, Edits>()
const none: Edits = {}
const listeners = new Set<() => void>()

/** Each person has their own, also in a shared browser. */
export const editsKey = (me: string | undefined, item: string) => `${me} ${item}`

export const editsAt = (key: string): Edits => unsent.get(key) ?? none

export function keepEdit(key: string, field: Field, edit: Edit | undefined) {
  const { [field]: _, ...rest } = editsAt(key)
  keep(key, edit ? { ...rest, [field]: edit } : rest)
}

/** Of an item that is no more. */
export const forgetEdits = (key: string) => keep(key, none)

export function forgetAllEdits() {
  for (const key of [...unsent.keys()]) forgetEdits(key)
}

export const useEdits = (key: string): Edits => useSyncExternalStore(subscribe, () => editsAt(key))

function keep(key: string, edits: Edits) {
  if (Object.keys(edits).length > 0) unsent.set(key, edits)
  else unsent.delete(key)
  if ([...unsent.values()].some(isAtRisk)) addEventListener('beforeunload', ask)
  else removeEventListener('beforeunload', ask)
  for (const listener of listeners) listener()
}

const isAtRisk = (edits: Edits) =>
  Object.values(edits).some(({ state, typed, seen }) => state !== 'saved' && typed !== seen)

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function ask(event: BeforeUnloadEvent) {
  event.preventDefault()
}
