import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { ItemView } from '@/api/types'
import { legible } from '@/ui/legible'
import { toastProblem } from '@/ui/toast'
import { refreshSums, storeItem } from './item-cache'
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
} from './item-fields'
import { ChangedMeanwhile, type Sending, saveField } from './save-field'

type Edit = { typed: string; seen: string } & (
  | { state: 'typing' | 'saving' }
  | { state: 'saved'; version: number }
  | { state: 'refused'; sent: string; problems: CellProblem[]; theirs: Difference[] }
)
type Edits = Partial<Record<Field, Edit>>

/** What a cell shows, and what can be done with it. */
export type Cell = {
  text: string
  isSaving: boolean
  isRefused: boolean
  problems: CellProblem[]
  /** What somebody else wrote meanwhile; empty when nobody did. */
  theirs: Difference[]
  type: (text: string) => void
  /** Saves what was typed; what was refused is sent again only when it differs or is insisted on. */
  save: (insist?: boolean) => void
  restore: () => void
}

/**
 * The edits of one row. Each cell is saved by itself, one after the other, and shows what was typed
 * until the server's word has arrived; what is refused stays as typed, with the reasons.
 */
export function useItemEdits(item: ItemView, elsewhere: CellProblem[]) {
  const client = useQueryClient()
  const [edits, setEdits] = useState<Edits>({})
  const isShown = useIsShown()
  const put = (field: Field, edit: Edit | undefined) =>
    setEdits(({ [field]: _, ...rest }) => (edit ? { ...rest, [field]: edit } : rest))

  const refuse = ({ field, text, seen }: Sending, error: Error) => {
    const changed = error instanceof ChangedMeanwhile ? error : null
    const problems = problemsOf(error, field, (of) => (of === field ? text : textOf(item, of)))
    put(field, {
      state: 'refused',
      typed: text,
      sent: text,
      seen: changed ? textOf(changed.theirs, field) : seen,
      problems: changed ? [problemAt(field, changed.message)] : problems,
      theirs: changed?.changes ?? [],
    })
    if (!isShown.current)
      toastProblem(
        `${fieldLabels[field]} of “${legible(item.name)}” was not saved. ${problems[0]?.detail}`,
      )
  }

  const save = useMutation({
    meta: { shown: true },
    scope: { id: `item-${item.id}` },
    mutationFn: (sending: Sending) => saveField(client, item, sending),
    onSuccess: (saved, { field, text, seen }) => {
      storeItem(client, saved)
      refreshSums(client, item.projectId ?? '')
      put(field, { state: 'saved', typed: text, seen, version: saved.version })
    },
    onError: (error, sending) => refuse(sending, error),
  })

  /** An edit ends when the item that came of it is here. */
  const editOf = (field: Field) => {
    const edit = edits[field]
    return edit?.state === 'saved' && item.version >= edit.version ? undefined : edit
  }

  const commit = (field: Field, insist: boolean) => {
    const edit = editOf(field)
    if (edit?.state !== 'typing' && edit?.state !== 'refused') return
    const text = meant(field, edit.typed)
    const { seen } = edit
    if (text === seen) return put(field, undefined)
    if (edit.state === 'refused' && edit.sent === text && !insist) return
    const why = refusalOf(field, text)
    if (why)
      return put(field, {
        ...edit,
        state: 'refused',
        sent: text,
        problems: [problemAt(field, why)],
        theirs: [],
      })
    put(field, { state: 'saving', typed: text, seen })
    save.mutate({ field, text, seen })
  }

  const cell = (field: Field): Cell => {
    const edit = editOf(field)
    return {
      text: edit?.typed ?? textOf(item, field),
      isSaving: edit?.state === 'saving',
      isRefused: edit?.state === 'refused',
      problems: problemsAt(field, edits, elsewhere),
      theirs: edit?.state === 'refused' ? edit.theirs : [],
      type: (typed) =>
        put(
          field,
          edit && edit.state !== 'saved'
            ? { ...edit, typed }
            : { state: 'typing', typed, seen: edit?.typed ?? textOf(item, field) },
        ),
      save: (insist = false) => commit(field, insist),
      restore: () => put(field, undefined),
    }
  }
  const isSaving = Object.values(edits).some(({ state }) => state === 'saving')
  return { cell, isSaving }
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

function useIsShown() {
  const isShown = useRef(false)
  useEffect(() => {
    isShown.current = true
    return () => {
      isShown.current = false
    }
  }, [])
  return isShown
}
