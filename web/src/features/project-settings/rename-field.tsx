import { useId, useState } from 'react'
import { FaultNote } from '@/ui/fault-note'
import { Input } from '@/ui/field'
import { isComposing } from '@/ui/is-composing'
import { invisibleIn, oneLine } from '@/ui/visible'

type Props = {
  label: string
  value: string
  maxLength: number
  placeholder?: string
  disabled: boolean
  onRename: (name: string) => Promise<unknown>
}

/**
 * A name one edits in place: Enter or leaving saves it, Escape brings the old one back. What the server
 * would refuse is not sent and stays to be mended.
 */
export function RenameField({ label, value, maxLength, placeholder, disabled, onRename }: Props) {
  const [typed, setTyped] = useState<string | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const noteId = useId()
  const reset = () => {
    setTyped(null)
    setFault(null)
  }
  const save = async () => {
    if (typed === null || typed === value) return reset()
    const given = oneLine(typed)
    setFault(invisibleIn(given))
    if (invisibleIn(given)) return
    try {
      await onRename(given)
    } finally {
      reset()
    }
  }
  return (
    <div className="grid min-w-0 grow gap-1">
      <Input
        aria-label={label}
        aria-invalid={fault ? true : undefined}
        aria-describedby={fault ? noteId : undefined}
        autoComplete="off"
        look="bare"
        maxLength={maxLength}
        disabled={disabled}
        placeholder={placeholder}
        value={typed ?? value}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => void save().catch(() => undefined)}
        onKeyDown={(event) => {
          if (isComposing(event)) return
          if (event.key === 'Enter') event.currentTarget.blur()
          if (event.key === 'Escape') reset()
        }}
      />
      <FaultNote id={noteId}>{fault}</FaultNote>
    </div>
  )
}
