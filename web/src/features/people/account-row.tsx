import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Ellipsis, KeyRound, LogOut, ShieldCheck, ShieldOff, UserCheck, UserX } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import {
  accountsKey,
  closeAccount,
  endSessionsOf,
  makeAdministrator,
  reopenAccount,
  unmakeAdministrator,
} from '@/api/accounts'
import type { AccountView } from '@/api/types'
import { Avatar } from '@/ui/avatar'
import { Button } from '@/ui/button'
import { cn } from '@/ui/cn'
import { ConfirmDialog } from '@/ui/confirm-dialog'
import { ago } from '@/ui/dates'
import { legible } from '@/ui/legible'
import { Menu, MenuItem, MenuLine } from '@/ui/menu'
import { toast } from '@/ui/toast'
import { ResetDialog } from './reset-dialog'

type Props = { account: AccountView; isMe: boolean }

export function AccountRow({ account, isMe }: Props) {
  const name = legible(account.name)
  const isClosed = account.closedAt !== null
  return (
    <li className="flex items-center gap-3 py-2.5">
      <Avatar
        id={account.id}
        name={account.name}
        className={cn('size-8 text-xs', isClosed && 'opacity-50')}
      />
      <div className="min-w-0 grow">
        <p className="flex min-w-0 flex-wrap items-center gap-x-2">
          <bdi className={cn('truncate font-medium', isClosed && 'text-ink-faint')}>{name}</bdi>
          {isMe && <span className="text-ink-faint">(you)</span>}
          {account.administrator && (
            <span className="rounded-full bg-accent-wash px-2 text-accent text-xs leading-5">
              Administrator
            </span>
          )}
          {isClosed && (
            <span className="rounded-full bg-warn-wash px-2 text-warn text-xs leading-5">
              Closed
            </span>
          )}
        </p>
        <p className="truncate text-ink-faint text-xs">
          {account.email} ·{' '}
          {account.lastSeenAt ? `last seen ${ago(account.lastSeenAt, new Date())}` : 'never seen'}
        </p>
      </div>
      <AccountMenu account={account} name={name} />
    </li>
  )
}

/** What asks before it happens, since sessions end by it. */
const asks = {
  make: {
    title: (name: string) => `Make ${name} an administrator?`,
    text: 'Administrators look after all accounts and decide who may register. The sessions of this account end, and the next sign-in has the new role.',
    action: 'Make administrator',
    run: makeAdministrator,
    done: (name: string) => `${name} is an administrator.`,
  },
  unmake: {
    title: (name: string) => `Remove the administrator role of ${name}?`,
    text: 'The sessions of this account end. Projects and their roles stay as they are.',
    action: 'Remove role',
    run: unmakeAdministrator,
    done: (name: string) => `${name} is no administrator any more.`,
  },
  end: {
    title: (name: string) => `End all sessions of ${name}?`,
    text: 'Every device has to sign in again, and all access tokens are revoked.',
    action: 'End sessions',
    run: endSessionsOf,
    done: (name: string) => `All sessions and tokens of ${name} have ended.`,
  },
  close: {
    title: (name: string) => `Close the account of ${name}?`,
    text: 'It cannot sign in, and its sessions and access tokens end at once. What it is a member of and assigned to stays, and you can reopen it.',
    action: 'Close account',
    run: closeAccount,
    done: (name: string) => `The account of ${name} is closed.`,
  },
} as const
type Asked = keyof typeof asks

function AccountMenu({ account, name }: { account: AccountView; name: string }) {
  const [asked, setAsked] = useState<Asked | null>(null)
  const [resetting, setResetting] = useState(false)
  const isClosed = account.closedAt !== null
  const reopen = useChange(reopenAccount, account.id, `The account of ${name} is open again.`)
  return (
    <>
      <Menu
        leavesFocus
        trigger={
          <Button variant="ghost" size="icon" aria-label={`Actions for ${name}`}>
            <Ellipsis className="size-4" aria-hidden="true" />
          </Button>
        }
      >
        {!isClosed && (
          <Entry icon={<KeyRound />} onSelect={() => setResetting(true)}>
            Link for a new password
          </Entry>
        )}
        <Entry icon={<LogOut />} onSelect={() => setAsked('end')}>
          End all sessions
        </Entry>
        {account.administrator ? (
          <Entry icon={<ShieldOff />} onSelect={() => setAsked('unmake')}>
            Remove administrator role
          </Entry>
        ) : (
          <Entry icon={<ShieldCheck />} onSelect={() => setAsked('make')}>
            Make administrator
          </Entry>
        )}
        <MenuLine />
        {isClosed ? (
          <Entry icon={<UserCheck />} onSelect={() => reopen.mutate()}>
            Reopen account
          </Entry>
        ) : (
          <Entry icon={<UserX />} tone="danger" onSelect={() => setAsked('close')}>
            Close account
          </Entry>
        )}
      </Menu>
      {asked && (
        <Asking asked={asked} account={account} name={name} onClose={() => setAsked(null)} />
      )}
      <ResetDialog
        open={resetting}
        account={account}
        name={name}
        onClose={() => setResetting(false)}
      />
    </>
  )
}

type EntryProps = {
  icon: ReactNode
  tone?: 'danger'
  onSelect: () => void
  children: string
}

function Entry({ icon, tone, onSelect, children }: EntryProps) {
  return (
    <MenuItem tone={tone ?? 'plain'} onSelect={onSelect}>
      <span aria-hidden="true" className="[&>svg]:size-4">
        {icon}
      </span>
      {children}
    </MenuItem>
  )
}

type AskingProps = { asked: Asked; account: AccountView; name: string; onClose: () => void }

function Asking({ asked, account, name, onClose }: AskingProps) {
  const { title, text, action, run, done } = asks[asked]
  const change = useChange(run, account.id, done(name))
  return (
    <ConfirmDialog
      open
      title={title(name)}
      action={action}
      busy={change.isPending}
      onClose={onClose}
      onConfirm={() => change.mutate(undefined, { onSettled: onClose })}
    >
      {text}
    </ConfirmDialog>
  )
}

function useChange(run: (id: string) => Promise<unknown>, id: string, done: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () => run(id),
    onSuccess: () => toast(done),
    onSettled: () => queryClient.invalidateQueries({ queryKey: accountsKey }),
  })
}
