import { type ReactNode, useState } from 'react'
import { Button } from '@/ui/button'
import { Input } from '@/ui/field'
import { useInOrder } from '@/ui/use-in-order'
import { WaitingList } from '@/ui/waiting-list'

type Props = {
  label: string
  maxLength: number
  onAdd: (name: string) => Promise<unknown>
  children?: ReactNode
}

export function AddLine({ label, maxLength, onAdd, children }: Props) {
  const [name, setName] = useState('')
  const { waiting, add: addInOrder } = useInOrder()
  const add = () => {
    if (name.trim() === '') return
    setName('')
    // The failure itself is told by the mutation; what was typed comes back.
    addInOrder(name.trim(), () => onAdd(name.trim())).catch(() => setName((typed) => typed || name))
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
