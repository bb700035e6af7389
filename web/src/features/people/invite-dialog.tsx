import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { explain } from '@/api/api-problem'
import { createInvitation } from '@/api/invitations'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { FormMessage } from '@/ui/field'
import { ShownOnce } from '@/ui/shown-once'
import { UsesField } from '@/ui/uses-field'

/** A link by which others make an account here, also while registration is closed. */
export function InviteDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const [isWarned, setWarned] = useState(false)
  const [maxUses, setMaxUses] = useState(1)
  const create = useMutation({
    mutationFn: () => createInvitation({ maxUses }),
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
      title={create.data ? 'Your invitation' : 'Invite people to this Tarn'}
      description={
        create.data
          ? undefined
          : 'They make an account by a link that works for a week. To a project you invite in its settings.'
      }
    >
      {create.data ? (
        <ShownOnce
          noun="link"
          value={`${location.origin}/invitation#${create.data.secret}`}
          isWarned={isWarned}
          onDone={close}
        />
      ) : (
        <form
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            create.mutate()
          }}
        >
          <FormMessage>{create.error && explain(create.error)}</FormMessage>
          <UsesField value={maxUses} onChange={setMaxUses} />
          <div className="flex justify-end gap-2">
            <Button onClick={close}>Cancel</Button>
            <Button type="submit" variant="primary" disabled={create.isPending}>
              Create link
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  )
}
