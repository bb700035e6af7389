import { X } from 'lucide-react'
import { useEffect, useSyncExternalStore } from 'react'
import { cn } from './cn'

type Toast = {
  id: number
  message: string
  tone: 'plain' | 'danger'
  action?: { label: string; run: () => void }
}

/** Long enough to read the sentence and to reach its button. */
const shownForMs = 7_000
const atMost = 3

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

export function toast(message: string, action?: Toast['action']) {
  add({ id: nextId++, message, tone: 'plain', ...(action ? { action } : {}) })
}

export function toastProblem(message: string) {
  add({ id: nextId++, message, tone: 'danger' })
}

export function dismissToasts() {
  publish([])
}

function add(one: Toast) {
  publish([...toasts.filter(({ message }) => message !== one.message), one].slice(-atMost))
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
      className="pointer-events-none fixed inset-x-3 bottom-3 z-60 grid justify-items-center gap-2 sm:bottom-5"
    >
      {shown.map((one) => (
        <ToastCard key={one.id} one={one} />
      ))}
    </section>
  )
}

function ToastCard({ one }: { one: Toast }) {
  useEffect(() => {
    const timer = setTimeout(() => dismiss(one.id), shownForMs)
    return () => clearTimeout(timer)
  }, [one.id])
  return (
    <div
      className={cn(
        'pointer-events-auto flex w-full max-w-sm animate-rise items-center gap-2 rounded-lg py-2 pr-2 pl-3.5 shadow-float sm:w-96',
        one.tone === 'danger'
          ? 'border border-danger/40 bg-danger-wash text-danger'
          : 'bg-ink text-surface',
      )}
    >
      <p className="min-w-0 grow">{one.message}</p>
      {one.action && (
        <button
          type="button"
          className="rounded-md px-2 py-1 font-semibold underline underline-offset-2 hover:no-underline"
          onClick={() => {
            one.action?.run()
            dismiss(one.id)
          }}
        >
          {one.action.label}
        </button>
      )}
      <button
        type="button"
        aria-label="Dismiss"
        className="grid size-7 shrink-0 place-items-center rounded-md opacity-75 hover:opacity-100"
        onClick={() => dismiss(one.id)}
      >
        <X className="size-4" aria-hidden="true" />
      </button>
    </div>
  )
}
