import { type ReactNode, useId } from 'react'

type Props = { title: string; lead?: ReactNode; actions?: ReactNode; children: ReactNode }

/** One matter of a settings page. */
export function Panel({ title, lead, actions, children }: Props) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <div className="flex items-end justify-between gap-3">
        <div className="min-w-0">
          <h2 id={id} className="font-semibold text-base">
            {title}
          </h2>
          {lead && <p className="wrap-anywhere text-ink-soft">{lead}</p>}
        </div>
        {actions}
      </div>
      <div className="rounded-xl border border-line bg-raised p-4 shadow-lift">{children}</div>
    </section>
  )
}
