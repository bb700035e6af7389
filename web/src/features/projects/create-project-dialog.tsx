import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import * as z from 'zod/mini'
import { writingOnce } from '@/api/client'
import { showAtFields } from '@/api/field-errors'
import { createProject, projectQuery, projectsKey } from '@/api/projects'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { Field, FormMessage, Input, Textarea } from '@/ui/field'
import { visible } from '@/ui/visible-check'

const schema = z.object({
  name: z
    .string()
    .check(
      visible,
      z.minLength(1, 'Give the project a name.'),
      z.maxLength(200, 'At most 200 characters.'),
    ),
  description: z.string().check(z.maxLength(20_000, 'At most 20,000 characters.')),
})

export function CreateProjectDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog open onClose={onClose} title="New project">
      <CreateProjectForm onClose={onClose} />
    </Dialog>
  )
}

function CreateProjectForm({ onClose }: { onClose: () => void }) {
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const form = useForm({
    resolver: zodResolver(schema),
    defaultValues: { name: '', description: '' },
  })
  const { errors } = form.formState
  const [create] = useState(() => writingOnce(createProject))
  const submit = useMutation({
    mutationFn: create,
    meta: { shown: true },
    onSuccess: (project) => {
      queryClient.setQueryData(projectQuery(project.id).queryKey, project)
      void queryClient.invalidateQueries({ queryKey: projectsKey })
      void navigate({ to: '/projects/$projectId', params: { projectId: project.id } })
    },
    onError: (error) => showAtFields(form, error),
  })
  return (
    <form
      className="grid gap-4"
      noValidate
      onSubmit={form.handleSubmit((values) => submit.mutate(values))}
    >
      <FormMessage>{errors.root?.message}</FormMessage>
      <Field label="Name" error={errors.name?.message}>
        {(parts) => <Input {...parts} {...form.register('name')} autoComplete="off" />}
      </Field>
      <Field label="Description" error={errors.description?.message} hint="Optional, in Markdown.">
        {(parts) => <Textarea {...parts} {...form.register('description')} rows={3} />}
      </Field>
      <div className="flex items-center justify-between gap-2">
        <Link to="/import" className="text-accent underline underline-offset-2">
          Import a file instead
        </Link>
        <div className="flex gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={submit.isPending}>
            Create
          </Button>
        </div>
      </div>
    </form>
  )
}
