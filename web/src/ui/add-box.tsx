import { Plus } from 'lucide-react'
import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { cn } from './cn'
import { FaultNote } from './fault-note'
import { isComposing } from './is-composing'
import { pasteLine } from './paste-line'
import { useHotkey } from './use-hotkey'
import { invisibleIn, oneLine } from './visible'
import { WaitingList } from './waiting-list'

type Props = {
  label: string
  maxLength: number
  onAdd: (text: string) => void
  /** What was added and is not sent yet. */
  waiting: { key: string; text: string }[]
  /** What was refused last: it comes back, unless the next one is being typed already. */
  refused: { text: string } | null
  /** Why that was not added. */
  problem: string | null
  hotkey?: string
  takeFocus?: boolean
  /** `isByKey`: by Escape, which leaves the focus to whoever opened this line. */
  onLeave?: (isByKey: boolean) => void
  className?: string
}

/**
 * One line, one thing: Enter adds it and keeps the focus for the next. Without the form library, because
 * this line is on the first screen and the library is not.
 */
export function AddBox(props: Props) {
  const {
    label,
    maxLength,
    onAdd,
    waiting,
    refused,
    problem,
    hotkey = '',
    takeFocus,
    onLeave,
    className,
  } = props
  const [text, setText] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const note = fault ?? problem
  const box = useRef<HTMLInputElement>(null)
  const noteId = useId()
  useHotkey(hotkey, () => box.current?.focus())
  useEffect(() => {
    if (takeFocus) box.current?.focus()
  }, [takeFocus])

  useEffect(() => {
    if (refused) setText((typed) => typed || refused.text)
  }, [refused])

  function add(event: FormEvent) {
    event.preventDefault()
    const given = oneLine(text)
    setFault(invisibleIn(given))
    if (given === '' || invisibleIn(given)) return
    setText('')
    onAdd(given)
  }

  function onKey(event: KeyboardEvent<HTMLInputElement>) {
    if (isComposing(event)) {
      // Enter takes what an input method proposes: nothing is added yet.
      if (event.key === 'Enter') event.preventDefault()
      return
    }
    if (event.key !== 'Escape') return
    event.stopPropagation()
    setText('')
    if (onLeave) onLeave(true)
    else event.currentTarget.blur()
  }

  return (
    <form onSubmit={add} className={cn('grid grid-cols-[minmax(0,1fr)] gap-1', className)}>
      <div className="relative">
        <Plus
          className="absolute top-2 left-2 size-4 text-ink-faint pointer-coarse:top-3"
          aria-hidden="true"
        />
        <input
          dir="auto"
          ref={box}
          aria-label={label}
          aria-invalid={note ? true : undefined}
          aria-describedby={note ? noteId : undefined}
          placeholder={label}
          autoComplete="off"
          enterKeyHint="done"
          maxLength={maxLength}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onBlur={() => text === '' && onLeave?.(false)}
          onKeyDown={onKey}
          onPaste={pasteLine}
          className="h-8 w-full rounded-md border border-line border-dashed bg-transparent pr-2 pl-8 hover:border-line-strong focus-visible:border-accent focus-visible:border-solid focus-visible:bg-surface focus-visible:outline-1 focus-visible:outline-offset-0 pointer-coarse:h-10"
        />
      </div>
      <FaultNote id={noteId}>{note}</FaultNote>
      <WaitingList waiting={waiting} />
    </form>
  )
}
