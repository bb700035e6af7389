import { X } from 'lucide-react'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { cn } from './cn'

type Toast = {
  id: number
  message: string
  tone: 'plain' | 'danger'
  action?: Action
}

/** What `run` returns may fail: then it is offered again. */
type Action = { label: string; run: () => unknown }

/** Long enough to read the sentence, and to think about an offer and reach its button. */
const toldForMs = 7_000
const offeredForMs = 15_000
/** Sentences that only tell something, and those that offer something. */
const maxToasts = 3
const maxOffers = 6

let toasts: readonly Toast[] = []
let nextId = 1
const listeners = new Set<() => void>()

function publish(next: readonly Toast[]) {
  toasts = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function toast(message: string, action?: Action) {
  add({ id: nextId++, message, tone: 'plain', ...(action ? { action } : {}) })
}

export function toastProblem(message: string, action?: Action) {
  add({ id: nextId++, message, tone: 'danger', ...(action ? { action } : {}) })
}

export function dismissToasts() {
  publish([])
}

/** The same sentence twice is said once, but two offers are two: each undoes something else. */
function add(one: Toast) {
  const isSaid = ({ message, action }: Toast) => !action && message === one.message
  const all = [...(one.action ? toasts : toasts.filter((other) => !isSaid(other))), one]
  const kept = new Set([
    ...all.filter(({ action }) => !action).slice(-maxToasts),
    ...all.filter(({ action }) => action).slice(-maxOffers),
  ])
  publish(all.filter((other) => kept.has(other)))
}

async function take(one: Toast, { run }: Action) {
  dismiss(one.id)
  try {
    await run()
  } catch {
    add({ ...one, id: nextId++ })
  }
}

function dismiss(id: number) {
  publish(toasts.filter((one) => one.id !== id))
}

export function Toaster() {
  const shown = useSyncExternalStore(subscribe, () => toasts)
  return (
    <section
      aria-label="Notices"
      aria-live="polite"
      className="pointer-events-none fixed inset-x-3 bottom-3 z-60 grid grid-cols-[minmax(0,1fr)] justify-items-center gap-2 sm:bottom-5"
    >
      {shown.map((one) => (
        <ToastCard key={one.id} one={one} />
      ))}
    </section>
  )
}

function ToastCard({ one }: { one: Toast }) {
  const { id, action } = one
  const [isPointedAt, setPointedAt] = useState(false)
  const [isFocused, setFocused] = useState(false)
  const isHeld = isPointedAt || isFocused
  useEffect(() => {
    if (isHeld) return
    const timer = setTimeout(() => dismiss(id), action ? offeredForMs : toldForMs)
    return () => clearTimeout(timer)
  }, [id, isHeld, action])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: its time stands still while someone is at it
    <div
      onPointerEnter={() => setPointedAt(true)}
      onPointerLeave={() => setPointedAt(false)}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
      className={cn(
        'pointer-events-auto flex w-full max-w-sm animate-rise items-center gap-2 rounded-lg py-2 pr-2 pl-3.5 shadow-float sm:w-96',
        one.tone === 'danger'
          ? 'border border-danger/40 bg-danger-wash text-danger'
          : 'bg-ink text-surface',
      )}
    >
      <p dir="auto" className="wrap-anywhere line-clamp-4 min-w-0 grow">
        {one.message}
      </p>
      {action && (
        <button
          type="button"
          className="rounded-md px-2 py-1 font-semibold underline underline-offset-2 hover:no-underline"
          onClick={() => take(one, action)}
        >
          {action.label}
        </button>
      )}
      <button
        type="button"
        aria-label="Dismiss"
        className="grid size-7 shrink-0 place-items-center rounded-md opacity-75 hover:opacity-100"
        onClick={() => dismiss(id)}
      >
        <X className="size-4" aria-hidden="true" />
      </button>
    </div>
  )
}
