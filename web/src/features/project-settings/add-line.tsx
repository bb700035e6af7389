import { type ReactNode, useEffect, useState } from 'react'
import { Button } from '@/ui/button'
import { Input } from '@/ui/field'
import { WaitingList } from '@/ui/waiting-list'

type Props = {
  label: string
  maxLength: number
  line: { waiting: { key: string; text: string }[]; refused: { text: string } | null }
  onAdd: (name: string) => void
  children?: ReactNode
}

export function AddLine({ label, maxLength, line, onAdd, children }: Props) {
  const { waiting, refused } = line
  const [name, setName] = useState('')
  // The failure itself is told by the mutation; what was typed comes back.
  useEffect(() => {
    if (refused) setName((typed) => typed || refused.text)
  }, [refused])
  const add = () => {
    if (name.trim() === '') return
    setName('')
    onAdd(name.trim())
  }
  return (
    <>
      <form
        className="mt-2 flex gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          add()
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
        <Button type="submit" disabled={name.trim() === ''}>
          Add
        </Button>
      </form>
      <WaitingList waiting={waiting} />
    </>
  )
}
