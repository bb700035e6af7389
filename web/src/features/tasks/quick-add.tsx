import { Plus } from 'lucide-react'
import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { explain, isProblem } from '@/api/api-problem'
import type { TaskDraft } from '@/api/types'
import { cn } from '@/ui/cn'
import { useHotkey } from '@/ui/use-hotkey'
import { useCreateTask } from './task-mutations'

type Props = {
  label: string
  draft: Omit<TaskDraft, 'title'>
  hotkey?: string
  takeFocus?: boolean
  onLeave?: () => void
  className?: string
}

/**
 * One line, one task: Enter adds it and keeps the focus for the next. Without the form library,
 * because this line is on the first screen and the library is not.
 */
export function QuickAdd({ label, draft, hotkey = '', takeFocus, onLeave, className }: Props) {
  const [title, setTitle] = useState('')
  const create = useCreateTask()
  const box = useRef<HTMLInputElement>(null)
  const noteId = useId()
  const message = create.error && atTitle(create.error)
  useHotkey(hotkey, () => box.current?.focus())
  useEffect(() => {
    if (takeFocus) box.current?.focus()
  }, [takeFocus])

  function add(event: FormEvent) {
    event.preventDefault()
    if (title.trim() === '') return
    setTitle('')
    // What was refused comes back, unless the next title is being typed already.
    const onError = () => setTitle((typed) => typed || title)
    create.mutate({ ...draft, title: title.trim() }, { onError })
  }

  function leave(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    setTitle('')
    if (onLeave) onLeave()
    else event.currentTarget.blur()
  }

  return (
    <form onSubmit={add} className={cn('grid gap-1', className)}>
      <div className="relative">
        <Plus
          className="absolute top-2 left-2 size-4 text-ink-faint pointer-coarse:top-3"
          aria-hidden="true"
        />
        <input
          ref={box}
          aria-label={label}
          aria-invalid={message ? true : undefined}
          aria-describedby={message ? noteId : undefined}
          placeholder={label}
          autoComplete="off"
          enterKeyHint="done"
          maxLength={500}
          value={title}
          onChange={(event) => setTitle(event.target.value)}
          onBlur={() => title === '' && onLeave?.()}
          onKeyDown={leave}
          className="h-8 w-full rounded-md border border-line border-dashed bg-transparent pr-2 pl-8 hover:border-line-strong focus-visible:border-accent focus-visible:border-solid focus-visible:bg-surface focus-visible:outline-1 focus-visible:outline-offset-0 pointer-coarse:h-10"
        />
      </div>
      {message && (
        <p id={noteId} role="alert" className="text-danger text-xs">
          {message}
        </p>
      )}
    </form>
  )
}

function atTitle(error: Error): string {
  const details = isProblem(error) ? (error.problem.errors ?? []).map(({ detail }) => detail) : []
  return details.join(' ') || explain(error)
}
