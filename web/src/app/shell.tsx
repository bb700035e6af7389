import { Outlet, useParams } from '@tanstack/react-router'
import { Menu as MenuIcon, Search } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { ZoneNotice } from '@/features/account/zone-notice'
import { Button } from '@/ui/button'
import { Mark } from '@/ui/mark'
import { Skeleton } from '@/ui/skeleton'
import { useCommandKey } from '@/ui/use-command-key'
import { useHotkey } from '@/ui/use-hotkey'
import { Drawer } from './drawer'
import { MissedNotice } from './missed-notice'
import { OfflineNotice } from './offline-notice'
import { Sidebar } from './sidebar'

const ShortcutsDialog = lazy(() =>
  import('./shortcuts-dialog').then(({ ShortcutsDialog }) => ({ default: ShortcutsDialog })),
)

const Palette = lazy(() =>
  import('@/features/search/palette').then(({ Palette }) => ({ default: Palette })),
)

export function Shell() {
  const [drawerOpen, setDrawerOpen] = useState(false)
  const [helpOpen, setHelpOpen] = useState(false)
  const [searching, setSearching] = useState(false)
  const { projectId } = useParams({ strict: false })
  const search = () => {
    setDrawerOpen(false)
    setSearching(true)
  }
  useHotkey('?', () => setHelpOpen(true))
  useHotkey('/', search)
  useCommandKey('k', search)
  const sidebar = (
    <Sidebar
      onNavigate={() => setDrawerOpen(false)}
      onHelp={() => setHelpOpen(true)}
      onSearch={search}
    />
  )
  return (
    <div className="flex h-dvh flex-col md:flex-row">
      <a
        href="#main"
        className="sr-only z-50 rounded-md bg-raised px-3 py-2 focus:not-sr-only focus:absolute focus:top-2 focus:left-2"
      >
        Skip to the content
      </a>
      <header className="flex h-12 shrink-0 items-center gap-2 border-line border-b bg-canvas px-2 md:hidden">
        <Button
          variant="ghost"
          size="icon"
          aria-label="Open navigation"
          onClick={() => setDrawerOpen(true)}
        >
          <MenuIcon className="size-5" aria-hidden="true" />
        </Button>
        <Mark className="size-6" />
        <span className="mr-auto font-semibold">Tarn</span>
        <Button variant="ghost" size="icon" aria-label="Search everything" onClick={search}>
          <Search className="size-5" aria-hidden="true" />
        </Button>
      </header>
      <header className="hidden w-60 shrink-0 border-line border-r md:block">{sidebar}</header>
      {drawerOpen && <Drawer onClose={() => setDrawerOpen(false)}>{sidebar}</Drawer>}
      <main
        id="main"
        tabIndex={-1}
        className="flex min-h-0 min-w-0 grow flex-col bg-surface focus-visible:outline-none"
      >
        <OfflineNotice />
        <MissedNotice />
        <ZoneNotice />
        <div className="min-h-0 grow">
          <Outlet />
        </div>
      </main>
      {searching && (
        <Suspense>
          <Palette
            projectId={projectId}
            onClose={() => setSearching(false)}
            onHelp={() => setHelpOpen(true)}
          />
        </Suspense>
      )}
      {helpOpen && (
        <Suspense>
          <ShortcutsDialog onClose={() => setHelpOpen(false)} />
        </Suspense>
      )}
    </div>
  )
}

export function ShellSkeleton() {
  return (
    <div role="status" aria-label="Loading" className="flex h-dvh">
      <div className="hidden w-60 content-start gap-3 border-line border-r p-4 md:grid">
        <Skeleton className="h-7 w-24" />
        <Skeleton className="mt-4 h-6" />
        <Skeleton className="h-6" />
        <Skeleton className="h-6" />
      </div>
      <div className="grid grow content-start gap-3 bg-surface p-6">
        <Skeleton className="h-8 w-56" />
        <Skeleton className="h-24" />
        <Skeleton className="h-24" />
      </div>
    </div>
  )
}
