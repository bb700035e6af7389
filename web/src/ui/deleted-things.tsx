import { useMutation } from '@tanstack/react-query'
import { Button } from './button'
import { ago } from './dates'
import { EndMark } from './end-mark'
import { toast } from './toast'

type Deleted = { id: string; name: string; deletedAt: string | null }

type Props = {
  things: Deleted[]
  restore: (id: string) => Promise<unknown>
  /** Where to one of them comes back. */
  backTo: string
  /** Reads on at the end; undefined when there is nothing to read, or not now. */
  onEnd: (() => unknown) | undefined
}

/** What waits in a trash, and comes back from it one by one. */
export function DeletedThings({ things, restore, backTo, onEnd }: Props) {
  return (
    <ul className="divide-y divide-line rounded-lg border border-line">
      {things.map((one) => (
        <DeletedThing key={one.id} one={one} restore={restore} backTo={backTo} />
      ))}
      {onEnd && <EndMark as="li" key={things.length} onSeen={onEnd} />}
    </ul>
  )
}

type ThingProps = Pick<Props, 'restore' | 'backTo'> & { one: Deleted }

function DeletedThing({ one, restore, backTo }: ThingProps) {
  const restoration = useMutation({
    mutationFn: () => restore(one.id),
    onSuccess: () => toast(`“${one.name}” is back ${backTo}.`),
  })
  return (
    <li className="flex items-center gap-3 px-3 py-2">
      <span className="min-w-0 grow truncate">{one.name}</span>
      {one.deletedAt && (
        <span className="shrink-0 text-ink-faint text-xs">{ago(one.deletedAt, new Date())}</span>
      )}
      <Button
        size="small"
        aria-label={`Restore ${one.name}`}
        disabled={restoration.isPending}
        onClick={() => restoration.mutate()}
      >
        Restore
      </Button>
    </li>
  )
}
