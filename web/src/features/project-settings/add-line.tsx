import { type ReactNode, useState } from 'react'
import { Button } from '@/ui/button'
import { Input } from '@/ui/field'

type Props = {
  label: string
  maxLength: number
  busy: boolean
  onAdd: (name: string) => Promise<unknown>
  children?: ReactNode
}

export function AddLine({ label, maxLength, busy, onAdd, children }: Props) {
  const [name, setName] = useState('')
  const add = async () => {
    if (name.trim() === '') return
    await onAdd(name.trim())
    setName('')
  }
  return (
    <form
      className="mt-2 flex gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        // The failure itself is told by the mutation; what was typed stays.
        add().catch(() => undefined)
      }}
    >
      {children}
      <Input
        aria-label={label}
        placeholder={label}
        autoComplete="off"
        maxLength={maxLength}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Button type="submit" disabled={busy || name.trim() === ''}>
        Add
      </Button>
    </form>
  )
}
