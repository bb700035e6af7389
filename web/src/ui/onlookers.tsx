import { Avatar } from './avatar'
import { legible } from './legible'

const maxShown = 5

type Props = { users: { id: string; name: string }[] }

/** Who else looks at the same now, as a row of avatars. */
export function Onlookers({ users }: Props) {
  if (users.length === 0) return null
  const others = users.slice(maxShown)
  const names = others.map(({ name }) => legible(name)).join(', ')
  return (
    <ul aria-label="Also looking at this" className="flex shrink-0 pl-1 max-sm:hidden">
      {users.slice(0, maxShown).map(({ id, name }) => (
        <li key={id} className="-ml-1 grid rounded-full border-2 border-surface">
          <Avatar id={id} name={legible(name)} className="size-6" />
        </li>
      ))}
      {others.length > 0 && (
        <li title={names} className="ml-1 self-center text-ink-soft text-xs tabular-nums">
          <span aria-hidden="true">+{others.length}</span>
          <span className="sr-only">{names}</span>
        </li>
      )}
    </ul>
  )
}

/** The same where there is no room for avatars, as a number on the mark of the project. */
export function OnlookerCount({ users }: Props) {
  if (users.length === 0) return null
  const names = users.map(({ name }) => legible(name)).join(', ')
  return (
    <span
      role="img"
      aria-label={`Also looking at this: ${names}`}
      title={names}
      className="absolute -right-1.5 -bottom-1.5 grid h-4 min-w-4 place-items-center rounded-full border border-surface bg-accent px-0.5 font-semibold text-[0.625rem] text-accent-ink tabular-nums leading-none sm:hidden"
    >
      {users.length > 9 ? '9+' : users.length}
    </span>
  )
}
