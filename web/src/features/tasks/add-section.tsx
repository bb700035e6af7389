import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { type FormEvent, useEffect, useId, useState } from 'react'
import { untilSent } from '@/api/client'
import { createSection, sectionsQuery } from '@/api/projects'
import { useSubmitQueue } from '@/api/submit-queue'
import type { SectionView } from '@/api/types'
import { Button } from '@/ui/button'
import { FaultNote } from '@/ui/fault-note'
import { Input } from '@/ui/field'
import { isComposing } from '@/ui/is-composing'
import { invisibleIn, oneLine } from '@/ui/visible'
import { WaitingList } from '@/ui/waiting-list'

export function AddSection({ projectId }: { projectId: string }) {
  const [name, setName] = useState<string | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const noteId = useId()
  const queryClient = useQueryClient()
  const create = useMutation({
    mutationFn: ({ given, key }: { given: string; key: string }) =>
      untilSent(() => createSection(projectId, given, key)),
    onSuccess: (section) => {
      queryClient.setQueryData<SectionView[]>(sectionsQuery(projectId).queryKey, (sections) => [
        ...(sections ?? []),
        section,
      ])
    },
  })
  const { waiting, refused, add } = useSubmitQueue({
    place: `section ${projectId}`,
    write: (given: string, key) => create.mutateAsync({ given, key }),
  })
  useEffect(() => {
    if (refused) setName((typed) => typed || refused.text)
  }, [refused])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const given = oneLine(name ?? '')
    setFault(invisibleIn(given))
    if (!given || invisibleIn(given)) return
    setName('')
    add(given, given)
  }
  const leave = () => {
    setName(null)
    setFault(null)
  }
  if (name === null)
    return (
      <div className="w-44 shrink-0">
        <Button variant="ghost" className="w-full justify-start" onClick={() => setName('')}>
          <Plus className="size-4" aria-hidden="true" />
          Add section
        </Button>
        <WaitingList waiting={waiting} />
      </div>
    )
  return (
    <form onSubmit={submit} className="grid w-64 shrink-0 gap-2 rounded-xl bg-canvas p-2">
      <Input
        autoComplete="off"
        ref={(box) => box?.focus()}
        aria-label="Name of the section"
        aria-invalid={fault ? true : undefined}
        aria-describedby={fault ? noteId : undefined}
        placeholder="Name of the section"
        maxLength={300}
        value={name}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && !isComposing(event) && leave()}
      />
      <FaultNote id={noteId}>{fault}</FaultNote>
      <div className="flex gap-2">
        <Button type="submit" variant="primary" size="small" disabled={!name.trim()}>
          Add
        </Button>
        <Button variant="ghost" size="small" onClick={leave}>
          Cancel
        </Button>
      </div>
      <WaitingList waiting={waiting} />
    </form>
  )
}
