import type { ReactNode } from 'react'
import { Button } from './button'
import { Dialog } from './dialog'

type Props = {
  open: boolean
  onClose: () => void
  onConfirm: () => void
  title: string
  children: ReactNode
  action: string
  busy?: boolean
}

export function ConfirmDialog({ open, onClose, onConfirm, title, children, action, busy }: Props) {
  return (
    <Dialog open={open} onClose={onClose} title={title} description={children}>
      <div className="flex justify-end gap-2">
        <Button data-safe onClick={onClose}>
          Cancel
        </Button>
        <Button variant="danger" onClick={onConfirm} disabled={busy ?? false}>
          {action}
        </Button>
      </div>
    </Dialog>
  )
}
