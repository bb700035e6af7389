import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Keyboard, LogOut, Monitor, Moon, Sun, UserRound } from 'lucide-react'
import type { ReactNode } from 'react'
import { meQuery } from '@/api/users'
import { useSignOut } from '@/features/session/use-sign-out'
import { Avatar } from '@/ui/avatar'
import { Button } from '@/ui/button'
import { cn } from '@/ui/cn'
import { type Theme, useTheme } from '@/ui/theme'

type Props = { onNavigate: () => void; onHelp: () => void }

export function UserMenu({ onNavigate, onHelp }: Props) {
  const { data: me } = useQuery(meQuery)
  const leave = useSignOut()
  if (!me) return null
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-1">
      <Link
        to="/account"
        onClick={onNavigate}
        className="flex min-w-0 items-center gap-2 rounded-md px-2 py-1.5 hover:bg-hover"
        activeProps={{ className: 'bg-hover' }}
      >
        <Avatar id={me.id} name={me.name} className="size-7 text-xs" />
        <span className="min-w-0">
          <span dir="auto" className="block truncate font-medium">
            {me.name}
          </span>
          <span className="block truncate text-ink-faint text-xs">{me.email}</span>
        </span>
        <UserRound className="ml-auto size-4 shrink-0 text-ink-faint" aria-hidden="true" />
        <span className="sr-only">Account</span>
      </Link>
      <div className="flex items-center justify-between">
        <ThemeChoice />
        <div className="flex">
          <Button
            variant="ghost"
            size="small-icon"
            aria-label="Keyboard shortcuts"
            title="Keyboard shortcuts"
            onClick={onHelp}
          >
            <Keyboard className="size-4" aria-hidden="true" />
          </Button>
          <Button
            variant="ghost"
            size="small-icon"
            aria-label="Sign out"
            title="Sign out"
            disabled={leave.isPending}
            onClick={() => leave.mutate()}
          >
            <LogOut className="size-4" aria-hidden="true" />
          </Button>
        </div>
      </div>
    </div>
  )
}

const themes: { value: Theme; label: string; icon: ReactNode }[] = [
  { value: 'light', label: 'Light', icon: <Sun /> },
  { value: 'dark', label: 'Dark', icon: <Moon /> },
  { value: 'system', label: 'As the system', icon: <Monitor /> },
]

function ThemeChoice() {
  const [theme, setTheme] = useTheme()
  return (
    <fieldset className="flex rounded-md border border-line p-px">
      <legend className="sr-only">Theme</legend>
      {themes.map(({ value, label, icon }) => (
        <button
          key={value}
          type="button"
          aria-pressed={theme === value}
          aria-label={label}
          title={label}
          onClick={() => setTheme(value)}
          className={cn(
            'grid size-6 place-items-center rounded-[0.3125rem] text-ink-faint hover:text-ink [&>svg]:size-3.5',
            theme === value && 'bg-hover text-ink',
          )}
        >
          {icon}
        </button>
      ))}
    </fieldset>
  )
}
