import { type ReactNode, useEffect, useId, useState } from 'react'
import { Button } from '@/ui/button'
import { FaultNote } from '@/ui/fault-note'
import { Input } from '@/ui/field'
import { invisibleIn, oneLine } from '@/ui/visible'
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
  const [fault, setFault] = useState<string | null>(null)
  const noteId = useId()
  // The failure itself is told by the mutation; what was typed comes back.
  useEffect(() => {
    if (refused) setName((typed) => typed || refused.text)
  }, [refused])
  const add = () => {
    const given = oneLine(name)
    setFault(invisibleIn(given))
    if (given === '' || invisibleIn(given)) return
    setName('')
    onAdd(given)
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
          aria-invalid={fault ? true : undefined}
          aria-describedby={fault ? noteId : undefined}
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
      <FaultNote id={noteId}>{fault}</FaultNote>
      <WaitingList waiting={waiting} />
    </>
  )
}
