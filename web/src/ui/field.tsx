import { ChevronDown } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { useId } from 'react'
import { cn } from './cn'
import { pasteLine } from './paste-line'

const shape =
  'w-full rounded-md border px-2.5 text-ink transition-colors focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-offset-0 aria-invalid:border-danger disabled:text-ink-faint'
const box = cn(
  shape,
  'border-line-strong/60 bg-surface shadow-lift hover:border-line-strong disabled:bg-sunken',
)
/** For text one edits in place: a field only once it is touched. */
const bare = cn(shape, 'border-transparent bg-transparent enabled:hover:border-line')
const control = 'h-8 pointer-coarse:h-10'

type InputProps = ComponentProps<'input'> & { look?: 'box' | 'bare' }

/** Text runs the way it begins; addresses and passwords as the page does. */
const directionOf = (type: string | undefined) =>
  type === undefined || type === 'text' || type === 'search' ? 'auto' : undefined

export function Input({ className, look = 'box', ...props }: InputProps) {
  const direction = directionOf(props.type)
  return (
    <input
      dir={direction}
      onPaste={direction && pasteLine}
      className={cn(look === 'box' ? box : bare, control, className)}
      {...props}
    />
  )
}

export function Textarea({ className, ...props }: ComponentProps<'textarea'>) {
  return <textarea dir="auto" className={cn(box, 'py-1.5 leading-6', className)} {...props} />
}

/** The platform's own list: it works the same by keyboard, on a phone and with a screen reader. */
export function Select({ className, ...props }: ComponentProps<'select'>) {
  return (
    <span className={cn('relative inline-grid min-w-0 grid-cols-[minmax(0,1fr)]', className)}>
      <select className={cn(box, control, 'appearance-none truncate pr-7')} {...props} />
      <ChevronDown
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 right-2 size-3.5 -translate-y-1/2 text-ink-faint"
      />
    </span>
  )
}

export type FieldParts = { id: string; 'aria-invalid'?: true; 'aria-describedby'?: string }

type FieldProps = {
  label: ReactNode
  error?: string | undefined
  hint?: ReactNode
  className?: string
  hideLabel?: boolean
  children: (parts: FieldParts) => ReactNode
}

/** A label, its control, and what there is to say about it. */
export function Field({ label, error, hint, className, hideLabel = false, children }: FieldProps) {
  const id = useId()
  const noteId = `${id}-note`
  const parts: FieldParts = { id }
  if (error) parts['aria-invalid'] = true
  if (error || hint) parts['aria-describedby'] = noteId
  return (
    <div className={cn('grid grid-cols-[minmax(0,1fr)] content-start gap-1', className)}>
      <label htmlFor={id} className={hideLabel ? 'sr-only' : 'font-medium text-ink-soft'}>
        {label}
      </label>
      {children(parts)}
      {error ? (
        <p id={noteId} className="wrap-anywhere text-danger text-xs">
          {error}
        </p>
      ) : (
        hint && (
          <p id={noteId} className="text-ink-faint text-xs">
            {hint}
          </p>
        )
      )}
    </div>
  )
}

export function FormMessage({ children }: { children: ReactNode }) {
  if (!children) return null
  return (
    <p
      role="alert"
      dir="auto"
      className="wrap-anywhere rounded-md bg-danger-wash px-3 py-2 text-danger"
    >
      {children}
    </p>
  )
}
