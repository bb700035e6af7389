import { legible } from '@/ui/legible'
import { useDebounced } from '@/ui/use-debounced'
import { type Unclear, unclearIn } from './mentions'
import { useMembers } from './use-authors'

type Props = { projectId: string; body: string }

/** Says of whom one thinks to have named, and has not. */
export function UnclearMentions({ projectId, body }: Props) {
  const members = useMembers(projectId)
  const unclear = unclearIn(useDebounced(body, 350), members)
  return (
    <div role="status" className="text-ink-soft text-xs empty:sr-only">
      {unclear.map((one) => (
        <p key={one.written} dir="auto" className="wrap-anywhere">
          {one.written} names nobody: {whyOf(one)}.
        </p>
      ))}
    </div>
  )
}

const or = new Intl.ListFormat('en', { type: 'disjunction' })

function whyOf({ users }: Unclear): string {
  const names = [...new Set(users.map(({ name }) => legible(name)))].sort()
  return names.length > 1 ? `it could be ${or.format(names)}` : `${users.length} have this name`
}
