import { type ComponentProps, type KeyboardEvent, useId, useRef, useState } from 'react'
import { Avatar } from '@/ui/avatar'
import { cn } from '@/ui/cn'
import { Textarea } from '@/ui/field'
import { isComposing } from '@/ui/is-composing'
import { handleBefore, type Namesake, offersFor } from './mentions'

type Props = ComponentProps<'textarea'> & {
  users: readonly Namesake[]
  /** Where the offer fits: above a box at the end of a panel. */
  offer: 'above' | 'below'
}

/** A box for text in which `@` offers people by name. */
export function MentionBox({ users, offer, ref, onChange, onBlur, onKeyDown, ...props }: Props) {
  const box = useRef<HTMLTextAreaElement>(null)
  const listId = useId()
  const [written, setWritten] = useState<{ query: string; from: number } | null>(null)
  const [at, setAt] = useState(0)
  const offers = written ? offersFor(users, written.query) : []
  const chosen = offers[at]

  const look = () => {
    const { value = '', selectionStart = 0 } = box.current ?? {}
    const found = handleBefore(value, selectionStart)
    if (found?.query !== written?.query) setAt(0)
    setWritten(found)
  }

  /** As if it were typed, so that whoever listens to the box hears of it. */
  const pick = ({ handle }: Namesake) => {
    const element = box.current
    if (!(element && written)) return
    const space = element.value[element.selectionStart] === ' ' ? '' : ' '
    element.setRangeText(`@${handle}${space}`, written.from, element.selectionStart, 'end')
    element.dispatchEvent(new Event('input', { bubbles: true }))
    setWritten(null)
  }

  const keys: Record<string, () => void> = chosen
    ? {
        ArrowDown: () => setAt((at + 1) % offers.length),
        ArrowUp: () => setAt((at + offers.length - 1) % offers.length),
        Enter: () => pick(chosen),
        Tab: () => pick(chosen),
        Escape: () => setWritten(null),
      }
    : {}

  function choose(event: KeyboardEvent<HTMLTextAreaElement>) {
    // An input method that composes needs its keys itself.
    if (isComposing(event)) return
    const run = event.ctrlKey || event.metaKey || event.shiftKey ? undefined : keys[event.key]
    if (!run) return onKeyDown?.(event)
    event.preventDefault()
    event.stopPropagation()
    run()
  }

  return (
    <div className="relative grid">
      <Textarea
        {...props}
        ref={(element) => {
          box.current = element
          if (typeof ref === 'function') ref(element)
        }}
        aria-autocomplete="list"
        {...(chosen
          ? { 'aria-controls': listId, 'aria-activedescendant': `${listId}-${chosen.id}` }
          : {})}
        onChange={(event) => {
          onChange?.(event)
          look()
        }}
        onSelect={() => written && look()}
        onBlur={(event) => {
          onBlur?.(event)
          setWritten(null)
        }}
        onKeyDown={choose}
      />
      {chosen && (
        <div
          id={listId}
          role="listbox"
          aria-label="People to mention"
          className={cn(
            'absolute left-0 z-20 w-64 max-w-full animate-rise rounded-lg border border-line bg-raised p-1 shadow-float',
            offer === 'above' ? 'bottom-full mb-1' : 'top-full mt-1',
          )}
        >
          {offers.map((user, index) => (
            <Offer
              key={user.id}
              id={`${listId}-${user.id}`}
              user={user}
              active={index === at}
              onPick={() => pick(user)}
            />
          ))}
        </div>
      )}
    </div>
  )
}

type OfferProps = { id: string; user: Namesake; active: boolean; onPick: () => void }

function Offer({ id, user, active, onPick }: OfferProps) {
  return (
    <div
      id={id}
      role="option"
      aria-selected={active}
      tabIndex={-1}
      // The box keeps the focus: the keyboard goes on there.
      onPointerDown={(event) => event.preventDefault()}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onPick}
      onKeyDown={undefined}
      className={cn(
        'flex cursor-pointer items-center gap-2 rounded-md px-2 py-1.5',
        active && 'bg-hover',
      )}
    >
      <Avatar id={user.id} name={user.name} />
      <span dir="auto" className="max-w-3/4 shrink-0 truncate">
        {user.name}
      </span>
      <span className="ml-auto min-w-0 truncate text-ink-faint text-xs">@{user.handle}</span>
    </div>
  )
}
