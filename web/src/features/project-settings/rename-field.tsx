import { useState } from 'react'
import { Input } from '@/ui/field'
import { isComposing } from '@/ui/is-composing'
import { oneLine } from '@/ui/visible'

type Props = {
  label: string
  value: string
  maxLength: number
  placeholder?: string
  disabled: boolean
  onRename: (name: string) => Promise<unknown>
}

/** A name one edits in place: Enter or leaving saves it, Escape brings the old one back. */
export function RenameField({ label, value, maxLength, placeholder, disabled, onRename }: Props) {
  const [typed, setTyped] = useState<string | null>(null)
  const save = async () => {
    if (typed === null || typed === value) return setTyped(null)
    try {
      await onRename(oneLine(typed))
    } finally {
      setTyped(null)
    }
  }
  return (
    <Input
      aria-label={label}
      autoComplete="off"
      look="bare"
      className="min-w-0 grow"
      maxLength={maxLength}
      disabled={disabled}
      placeholder={placeholder}
      value={typed ?? value}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={() => void save().catch(() => undefined)}
      onKeyDown={(event) => {
        if (isComposing(event)) return
        if (event.key === 'Enter') event.currentTarget.blur()
        if (event.key === 'Escape') setTyped(null)
      }}
    />
  )
}
