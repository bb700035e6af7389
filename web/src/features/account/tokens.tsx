import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { KeyRound, Plus } from 'lucide-react'
import { useState } from 'react'
import { explain } from '@/api/api-problem'
import type { TokenView } from '@/api/types'
import { revokeToken, tokensQuery } from '@/api/users'
import { Button } from '@/ui/button'
import { ConfirmDialog } from '@/ui/confirm-dialog'
import { ago, plainDate } from '@/ui/dates'
import { Panel } from '@/ui/panel'
import { SkeletonRows } from '@/ui/skeleton'
import { CreateTokenDialog } from './create-token-dialog'

export function Tokens() {
  const { data, error, isPending } = useQuery(tokensQuery)
  const [creating, setCreating] = useState(false)
  return (
    <Panel
      title="Access tokens"
      lead="For scripts and other programs that work in your name."
      actions={
        <Button onClick={() => setCreating(true)}>
          <Plus className="size-4" aria-hidden="true" />
          New token
        </Button>
      }
    >
      {isPending && <SkeletonRows count={2} />}
      {error && <p className="text-danger">{explain(error)}</p>}
      {data?.items.length === 0 && <p className="text-ink-soft">You have no access tokens.</p>}
      <ul className="-my-1 divide-y divide-line">
        {data?.items.map((token) => (
          <Token key={token.id} token={token} />
        ))}
      </ul>
      <CreateTokenDialog open={creating} onClose={() => setCreating(false)} />
    </Panel>
  )
}

function Token({ token }: { token: TokenView }) {
  const queryClient = useQueryClient()
  const [asking, setAsking] = useState(false)
  const revoke = useMutation({
    mutationFn: () => revokeToken(token.id),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: tokensQuery.queryKey }),
  })
  const expired = token.expiresAt !== null && new Date(token.expiresAt) < new Date()
  return (
    <li className="flex items-center gap-3 py-2.5">
      <KeyRound className="size-5 shrink-0 text-ink-faint" aria-hidden="true" />
      <div className="min-w-0 grow">
        <p className="truncate font-medium">
          <bdi>{token.name}</bdi>{' '}
          <code className="font-normal text-ink-faint text-xs">{token.prefix}…</code>
        </p>
        <p className="text-ink-faint text-xs">
          {token.scopes.join(', ')} ·{' '}
          {token.lastUsedAt ? `last used ${ago(token.lastUsedAt, new Date())}` : 'never used'}
          {token.expiresAt && ` · ${expired ? 'expired' : 'expires'} ${plainDate(token.expiresAt)}`}
        </p>
      </div>
      <Button size="small" aria-label={`Revoke ${token.name}`} onClick={() => setAsking(true)}>
        Revoke
      </Button>
      <ConfirmDialog
        open={asking}
        title={`Revoke “${token.name}”?`}
        action="Revoke"
        busy={revoke.isPending}
        onClose={() => setAsking(false)}
        onConfirm={() => revoke.mutate()}
      >
        Whatever uses this token loses its access at once.
      </ConfirmDialog>
    </li>
  )
}
