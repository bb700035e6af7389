import { useRef, useState } from 'react'
import { Button } from './button'
import { ago } from './dates'
import { EndMark } from './end-mark'
import { ErrorLine } from './states'
import { toast } from './toast'

export type Deleted = { id: string; name: string; deletedAt: string | null }

type Restore = (id: string) => Promise<unknown>

type Props = {
  things: Deleted[]
  /** Tells the user itself when it fails; undefined for those who may only look. */
  restore: Restore | undefined
  /** Where to one of them comes back. */
  backTo: string
  /** Where they are read from, to its end. */
  list: List
  /** Why not all of them are there. */
  error: string | undefined
}

type List = {
  hasNextPage: boolean
  isFetching: boolean
  isFetchNextPageError: boolean
  fetchNextPage: () => unknown
  refetch: () => unknown
}

/** What waits in a trash, and comes back from it one by one. */
export function DeletedThings({ things, restore, backTo, list, error }: Props) {
  const readsOn = list.hasNextPage && !list.isFetching && !error
  return (
    <>
      {things.length > 0 && (
        <ul className="divide-y divide-line rounded-lg border border-line">
          {things.map((one) => (
            <li key={one.id} className="flex items-center gap-3 px-3 py-2">
              <span dir="auto" className="min-w-0 grow truncate">
                {one.name}
              </span>
              {one.deletedAt && (
                <span className="shrink-0 text-ink-faint text-xs">
                  {ago(one.deletedAt, new Date())}
                </span>
              )}
              {restore && <RestoreButton one={one} restore={restore} backTo={backTo} />}
            </li>
          ))}
          {readsOn && <EndMark as="li" key={things.length} onSeen={list.fetchNextPage} />}
        </ul>
      )}
      {error && (
        <ErrorLine
          message={error}
          onRetry={list.isFetchNextPageError ? list.fetchNextPage : list.refetch}
          isTrying={list.isFetching}
        />
      )}
    </>
  )
}

type ButtonProps = { one: Deleted; restore: Restore; backTo: string }

function RestoreButton({ one, restore, backTo }: ButtonProps) {
  const button = useRef<HTMLButtonElement>(null)
  const [isPending, setPending] = useState(false)
  const bringBack = async () => {
    const other = besides(button.current)
    setPending(true)
    try {
      await restore(one.id)
      toast(`“${one.name}” is back ${backTo}.`)
      if (!isElsewhere(button.current)) other?.focus()
    } catch {
      // The mutation has told the user why.
    } finally {
      setPending(false)
    }
  }
  return (
    <Button
      ref={button}
      size="small"
      aria-label={`Restore ${one.name}`}
      disabled={isPending}
      onClick={bringBack}
    >
      Restore
    </Button>
  )
}

/** Where the keyboard goes on when a thing has left the list: at the next one, else the one before. */
function besides(button: HTMLElement | null) {
  const { nextElementSibling, previousElementSibling } = button?.closest('li') ?? {}
  return (
    nextElementSibling?.querySelector('button') ?? previousElementSibling?.querySelector('button')
  )
}

/** A button that cannot be pressed, or is gone, has lost the focus to the page. */
function isElsewhere(button: HTMLElement | null) {
  const { activeElement, body } = document
  return activeElement !== body && activeElement !== button
}
