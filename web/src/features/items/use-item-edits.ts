import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { isProblem } from '@/api/api-problem'
import { useDraftKey } from '@/api/draft-store'
import type { ItemView } from '@/api/types'
import { legible } from '@/ui/legible'
import { toastProblem } from '@/ui/toast'
import {
  type Edit,
  type Edits,
  editsAt,
  forgetEdits,
  keepEdit,
  type Sending,
  useEdits,
} from './cell-draft-store'
import { dropItem, refreshSums, storeItem } from './item-cache'
import {
  type CellProblem,
  type Difference,
  type Field,
  fieldLabels,
  meant,
  problemAt,
  problemsOf,
  refusalOf,
  textOf,
  written,
} from './item-fields'
import { useRestoreItem } from './item-mutations'
import { ChangedMeanwhile, saveField } from './save-field'

/** What a cell shows, and what can be done with it. */
export type Cell = {
  text: string
  /** The same while nobody is in it: a number with its thousands grouped. */
  atRest: string
  isSaving: boolean
  isRefused: boolean
  /** Whether the same text may be taken another time. */
  mayTryAgain: boolean
  problems: CellProblem[]
  /** What someone else wrote meanwhile; empty when nobody did. */
  theirs: Difference[]
  type: (text: string) => void
  /**
   * Saves what was typed; what was refused is sent again only when it differs or is insisted on.
   * Tells whether nothing is wrong with it so far.
   */
  save: (insist?: boolean) => boolean
  restore: () => void
}

/**
 * The edits of one row. Each cell is saved by itself, one after the other, and shows what was typed
 * until the server's word has arrived; what is refused stays as typed, with the reasons, also while
 * another page is looked at.
 */
export function useItemEdits(item: ItemView, elsewhere: CellProblem[]) {
  const client = useQueryClient()
  const key = useDraftKey(item.id)
  const edits = useEdits(key)
  const isShown = useRef(false)

  const bringBack = useRestoreItem(item.projectId)

  const tell = (field: Field, text: string, why: string | undefined, isInTrash = false) =>
    toastProblem(
      `${fieldLabels[field]} of “${legible(item.name)}” was not saved: “${shortened(text)}”. ${why}`,
      isInTrash ? { label: 'Restore', run: () => bringBack.mutateAsync(item) } : undefined,
    )

  const store = (saved: ItemView, sending: Sending) => {
    storeItem(client, saved)
    const { field } = sending
    const edit = editsAt(key)[field]
    const seen = textOf(saved, field)
    if (edit?.state === 'saving' && edit.sending === sending)
      keepEdit(key, field, { state: 'saved', typed: edit.typed, seen, version: saved.version })
    else if (edit && edit.state !== 'saved')
      keepEdit(key, field, { ...arrived(edit, sending), seen })
  }

  const refuse = (sending: Sending, error: Error) => {
    const { field } = sending
    const edit = editsAt(key)[field]
    // Who typed on sends another text anyway.
    if (edit?.state !== 'saving' || edit.sending !== sending)
      return edit && keepEdit(key, field, arrived(edit, sending))
    const refused = refusalOfServer(error, { ...sending, seen: edit.seen }, item)
    const isInTrash = isProblem(error, 'in-trash')
    const isGone = isInTrash || isProblem(error, 'not-found')
    keepEdit(key, field, isGone ? undefined : { ...edit, ...refused })
    if (isGone || !isShown.current) tell(field, edit.typed, refused.problems[0]?.detail, isInTrash)
    if (isInTrash) dropItem(client, item)
  }

  const save = useMutation({
    meta: { shown: true },
    mutationFn: (sending: Sending) =>
      inTurn(item.id, async () => {
        // The one before may have changed what is seen.
        const seen = editsAt(key)[sending.field]?.seen ?? sending.seen
        const saved = await saveField(client, item, { ...sending, seen })
        store(saved, sending)
      }),
    onSuccess: () => refreshSums(client, item.projectId),
    onError: (error, sending) => refuse(sending, error),
  })

  const send = (sending: Sending): boolean => {
    const { field, typed, text, seen } = sending
    const why = refusalOf(field, text)
    if (!why) {
      keepEdit(key, field, { state: 'saving', typed, seen, sending })
      save.mutate(sending)
      return true
    }
    const refused = { sent: text, problems: [problemAt(field, why)], theirs: [], again: false }
    keepEdit(key, field, { state: 'refused', typed, seen, ...refused })
    if (!isShown.current) tell(field, typed, why)
    return false
  }

  const commit = (field: Field, insist: boolean): boolean => {
    const edit = editOf(editsAt(key), field, item)
    if (edit?.state !== 'typing' && edit?.state !== 'refused') return true
    const { typed, seen } = edit
    const text = meant(field, typed)
    const underway = edit.state === 'typing' ? edit.underway : undefined
    if (text === (underway?.text ?? seen)) {
      keepEdit(key, field, underway && { state: 'saving', typed, seen, sending: underway })
      return true
    }
    if (edit.state === 'refused' && edit.sent === text && !insist) return false
    return send({ field, typed, text, seen })
  }

  const type = (field: Field, typed: string) => {
    const edit = editOf(editsAt(key), field, item)
    const seen = edit?.seen ?? textOf(item, field)
    if (edit?.state === 'refused' || edit?.state === 'typing')
      keepEdit(key, field, { ...edit, typed })
    else if (edit?.state === 'saving')
      keepEdit(key, field, { state: 'typing', typed, seen, underway: edit.sending })
    else keepEdit(key, field, { state: 'typing', typed, seen })
  }

  const restore = (field: Field) => {
    const edit = editsAt(key)[field]
    if (edit?.state === 'saving') return
    const sending = edit?.state === 'typing' ? edit.underway : undefined
    keepEdit(
      key,
      field,
      edit && sending && { state: 'saving', typed: sending.typed, seen: edit.seen, sending },
    )
  }

  const latest = useRef(commit)
  useEffect(() => {
    latest.current = commit
  })
  useEffect(() => {
    isShown.current = true
    return () => {
      isShown.current = false
      for (const [field, edit] of Object.entries(editsAt(key)) as [Field, Edits[Field]][])
        if (edit?.state === 'typing') latest.current(field, false)
        else if (edit?.state === 'saved') keepEdit(key, field, undefined)
    }
  }, [key])

  const cell = (field: Field): Cell => {
    const edit = editOf(edits, field, item)
    return {
      text: edit?.typed ?? written(field, textOf(item, field), false),
      atRest: edit?.typed ?? written(field, textOf(item, field), true),
      isSaving: edit?.state === 'saving',
      isRefused: edit?.state === 'refused',
      mayTryAgain: edit?.state === 'refused' && edit.again,
      problems: problemsAt(field, edits, elsewhere),
      theirs: edit?.state === 'refused' ? edit.theirs : [],
      type: (typed) => type(field, typed),
      save: (insist = false) => commit(field, insist),
      restore: () => restore(field),
    }
  }
  const isSaving = Object.values(edits).some(({ state }) => state === 'saving')
  return { cell, isSaving, forget: () => forgetEdits(key) }
}

/** An edit ends when the item that came of it is here. */
function editOf(edits: Edits, field: Field, item: ItemView) {
  const edit = edits[field]
  return edit?.state === 'saved' && item.version >= edit.version ? undefined : edit
}

/** What is typed after an answer has come is behind nothing any more. */
function arrived(edit: Edit, sending: Sending): Edit {
  if (edit.state !== 'typing' || edit.underway !== sending) return edit
  const { underway: _, ...rest } = edit
  return rest
}

function refusalOfServer(error: Error, { field, text, seen }: Sending, item: ItemView) {
  const refused = { state: 'refused', sent: text, theirs: [] as Difference[], seen } as const
  if (error instanceof ChangedMeanwhile)
    return {
      ...refused,
      seen: textOf(error.theirs, field),
      theirs: error.changes,
      problems: [problemAt(field, error.message)],
      again: false,
    }
  const problems = isProblem(error, 'unauthenticated')
    ? [problemAt(field, 'You were signed out before this was saved.')]
    : problemsOf(error, field, (of) => (of === field ? text : textOf(item, of)))
  return { ...refused, problems, again: !(isProblem(error) && error.status === 422) }
}

/** A cell's own problems, and those that other cells' texts have with it. */
function problemsAt(field: Field, edits: Edits, elsewhere: CellProblem[]): CellProblem[] {
  const refused = Object.values(edits).flatMap((edit) =>
    edit.state === 'refused' ? edit.problems : [],
  )
  const here = [...refused, ...elsewhere].filter((problem) => problem.field === field)
  const own = edits[field]
  const other = own?.state === 'refused' ? own.problems[0]?.field : undefined
  return other && here.length === 0
    ? [problemAt(field, `Not saved: see ${fieldLabels[other].toLowerCase()}.`)]
    : here
}

const shortened = (text: string) => (text.length > 60 ? `${text.slice(0, 60)}…` : text)

const turns = new Map<string, Promise<unknown>>()

/** Of the same item, one after the other, also when one of them fails. */
function inTurn<T>(id: string, run: () => Promise<T>): Promise<T> {
  const turn = (turns.get(id) ?? Promise.resolve()).then(run, run)
  turns.set(id, turn)
  const end = () => {
    if (turns.get(id) === turn) turns.delete(id)
  }
  turn.then(end, end)
  return turn
}
