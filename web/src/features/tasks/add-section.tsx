import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { createSection, sectionsQuery } from '@/api/projects'
import type { SectionView } from '@/api/types'
import { Button } from '@/ui/button'
import { Input } from '@/ui/field'
import { isComposing } from '@/ui/is-composing'

export function AddSection({ projectId }: { projectId: string }) {
  const [name, setName] = useState<string | null>(null)
  const queryClient = useQueryClient()
  const create = useMutation({
    mutationFn: (given: string) => createSection(projectId, given),
    onSuccess: (section) => {
      queryClient.setQueryData<SectionView[]>(sectionsQuery(projectId).queryKey, (sections) => [
        ...(sections ?? []),
        section,
      ])
      setName(null)
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name?.trim()) create.mutate(name.trim())
  }
  if (name === null)
    return (
      <Button variant="ghost" className="w-44 justify-start" onClick={() => setName('')}>
        <Plus className="size-4" aria-hidden="true" />
        Add section
      </Button>
    )
  return (
    <form onSubmit={submit} className="grid w-64 shrink-0 gap-2 rounded-xl bg-canvas p-2">
      <Input
        autoComplete="off"
        ref={(box) => box?.focus()}
        aria-label="Name of the section"
        placeholder="Name of the section"
        maxLength={300}
        value={name}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && !isComposing(event) && setName(null)}
      />
      <div className="flex gap-2">
        <Button type="submit" variant="primary" size="small" disabled={create.isPending}>
          Add
        </Button>
        <Button variant="ghost" size="small" onClick={() => setName(null)}>
          Cancel
        </Button>
      </div>
    </form>
  )
}
