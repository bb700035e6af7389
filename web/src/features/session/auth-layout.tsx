import type { ReactNode } from 'react'
import { Mark } from '@/ui/mark'

export function AuthLayout({
  title,
  lead,
  children,
}: {
  title: string
  lead?: ReactNode
  children: ReactNode
}) {
  return (
    <main className="relative flex h-dvh overflow-y-auto bg-canvas">
      <Landscape />
      <div className="relative m-auto grid w-full max-w-sm gap-6 px-5 py-10">
        <div className="grid justify-items-center gap-3 text-center">
          <Mark className="size-12" />
          <h1 className="font-semibold text-xl tracking-tight">{title}</h1>
          {lead && <p className="text-ink-soft">{lead}</p>}
        </div>
        <div className="rounded-xl border border-line bg-surface p-5 shadow-lift sm:p-6">
          {children}
        </div>
      </div>
    </main>
  )
}

/** A ridge at dusk and its tarn, drawn with the theme's own colours. */
function Landscape() {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 1200 300"
      preserveAspectRatio="xMidYMax slice"
      className="pointer-events-none fixed inset-x-0 bottom-0 h-[38vh] w-full fill-accent"
    >
      <path
        opacity="0.07"
        d="M0 150 120 96l70 34 130-98 96 82 74-40 150 92 118-120 92 74 104-62 150 104 96-40v178H0z"
      />
      <path
        opacity="0.1"
        d="M0 206 140 150l110 46 150-74 130 82 120-46 160 60 130-86 120 66 140-40v142H0z"
      />
      <path opacity="0.16" d="M0 248c200-14 400-14 600 0s400 14 600 0v52H0z" />
      <path opacity="0.16" d="M0 274c200 10 400 10 600 0s400-10 600 0v26H0z" />
    </svg>
  )
}
