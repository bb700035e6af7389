import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { createPasswordReset } from '@/api/accounts'
import { explain } from '@/api/api-problem'
import type { AccountView } from '@/api/types'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { FormMessage } from '@/ui/field'
import { ShownOnce } from '@/ui/shown-once'

type Props = { open: boolean; account: AccountView; name: string; onClose: () => void }

/** A link by which the user takes a new password, made for an administrator to send. */
export function ResetDialog({ open, account, name, onClose }: Props) {
  const [isWarned, setWarned] = useState(false)
  const create = useMutation({
    mutationFn: () => createPasswordReset(account.id),
    meta: { shown: true },
  })
  const close = () => {
    create.reset()
    setWarned(false)
    onClose()
  }
  return (
    <Dialog
      open={open}
      onClose={create.data ? () => setWarned(true) : close}
      title={create.data ? `The link for ${name}` : `A new password for ${name}?`}
      description={
        create.data
          ? 'It works once, within an hour. Send it to nobody else.'
          : 'You get a link to send to them. When they use it, all their sessions end. A link that you made before ends now.'
      }
    >
      {create.data ? (
        <ShownOnce
          noun="link"
          value={`${location.origin}/reset#${create.data.secret}`}
          isWarned={isWarned}
          onDone={close}
        />
      ) : (
        <div className="grid gap-4">
          <FormMessage>{create.error && explain(create.error)}</FormMessage>
          <div className="flex justify-end gap-2">
            <Button onClick={close}>Cancel</Button>
            <Button variant="primary" disabled={create.isPending} onClick={() => create.mutate()}>
              Create link
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  )
}
