import { CloudOff } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from './button'
import { cn } from './cn'
import { Landscape } from './landscape'

/** `isPage`: there is nothing else on the page, and no other heading of it. */
type EmptyProps = {
  icon?: ReactNode
  title: string
  children?: ReactNode
  actions?: ReactNode
  isPage?: boolean
}

/** What to say, and what to do next, where there is nothing yet. */
export function EmptyState({ icon, title, children, actions, isPage = false }: EmptyProps) {
  const Heading = isPage ? 'h1' : 'h2'
  return (
    <div className="mx-auto grid max-w-md justify-items-center gap-2 px-4 py-16 text-center">
      {icon && (
        <div className="relative mb-2 grid h-28 w-64 max-w-full justify-center overflow-hidden rounded-2xl bg-accent-wash/50 pt-5">
          <Landscape className="absolute inset-x-0 bottom-0 h-20 w-full" />
          <div className="relative text-accent [&>svg]:size-10">{icon}</div>
        </div>
      )}
      <Heading className="font-semibold text-base">{title}</Heading>
      {children && <div className="text-ink-soft">{children}</div>}
      {actions && <div className="mt-3 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  )
}

/** Instead of what only administrators may see. */
export function ForAdministrators({ children }: { children: ReactNode }) {
  return <EmptyState title="For administrators">{children}</EmptyState>
}

type LineProps = { message: string; onRetry: () => void; isTrying?: boolean; className?: string }

/** A part that is missing, where the rest of the page is fine. */
export function ErrorLine({ message, onRetry, isTrying = false, className }: LineProps) {
  return (
    <p role="alert" className={cn('flex flex-wrap items-center gap-2 text-danger', className)}>
      {message}
      <Button size="small" disabled={isTrying} onClick={() => onRetry()}>
        Try again
      </Button>
    </p>
  )
}

type ErrorProps = { message: string; onRetry?: () => void; isPage?: boolean }

export function ErrorState({ message, onRetry, isPage = false }: ErrorProps) {
  const Message = isPage ? 'h1' : 'p'
  return (
    <div
      role="alert"
      className="mx-auto grid max-w-md justify-items-center gap-2 px-4 py-16 text-center"
    >
      <CloudOff className="size-9 text-ink-faint" aria-hidden="true" />
      <Message className="wrap-anywhere text-ink-soft">{message}</Message>
      {onRetry && (
        <Button className="mt-2" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  )
}
