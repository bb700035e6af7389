import { Clock } from 'lucide-react'

/** What was typed and is not sent yet. The first one is on its way, unless nothing gets through. */
export function WaitingList({ waiting }: { waiting: { key: string; text: string }[] }) {
  return (
    <ul aria-label="Waiting to be sent" className="grid grid-cols-[minmax(0,1fr)] empty:hidden">
      {waiting.map(({ key, text }) => (
        <li key={key} className="flex items-center gap-1.5 px-2 text-ink-faint text-xs leading-5">
          <Clock className="size-3 shrink-0" aria-hidden="true" />
          <span dir="auto" className="min-w-0 truncate">
            {text}
          </span>
          <span className="shrink-0">waiting</span>
        </li>
      ))}
    </ul>
  )
}
