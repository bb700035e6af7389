import type { ReactNode } from 'react'
import { Landscape } from '@/ui/landscape'
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
      <Landscape className="pointer-events-none fixed inset-x-0 bottom-0 h-[38vh] w-full" />
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
