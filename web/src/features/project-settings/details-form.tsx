import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import * as z from 'zod/mini'
import { isProblem } from '@/api/api-problem'
import { showAtFields } from '@/api/field-errors'
import { changeProject, projectQuery, projectsKey } from '@/api/projects'
import type { ProjectView } from '@/api/types'
import { Button } from '@/ui/button'
import { Field, FormMessage, Input, Textarea } from '@/ui/field'
import { Panel } from '@/ui/panel'
import { toast } from '@/ui/toast'

const schema = z.object({
  name: z
    .string()
    .check(
      z.trim(),
      z.minLength(1, 'A project needs a name.'),
      z.maxLength(200, 'At most 200 characters.'),
    ),
  description: z.string().check(z.maxLength(20_000, 'At most 20,000 characters.')),
})

export function DetailsForm({ project, editable }: { project: ProjectView; editable: boolean }) {
  const queryClient = useQueryClient()
  const { queryKey } = projectQuery(project.id)
  const form = useForm({
    resolver: zodResolver(schema),
    values: { name: project.name, description: project.description },
    resetOptions: { keepDirtyValues: true, keepDirty: true },
  })
  const { errors, isDirty } = form.formState
  const save = useMutation({
    mutationFn: (values: z.infer<typeof schema>) =>
      changeProject(project.id, values, project.version),
    meta: { shown: true },
    onSuccess: (saved) => {
      form.reset({ name: saved.name, description: saved.description })
      queryClient.setQueryData(queryKey, saved)
      void queryClient.invalidateQueries({ queryKey: projectsKey })
      toast('The project is saved.')
    },
    onError: (error) => {
      if (!isProblem(error, 'version-mismatch')) return showAtFields(form, error)
      void queryClient.invalidateQueries({ queryKey, exact: true })
      form.setError('root', {
        message:
          'Somebody else changed this project meanwhile. What you did not touch now shows theirs; save again to keep yours.',
      })
    },
  })
  return (
    <Panel title="Details">
      <form
        noValidate
        className="grid gap-4"
        onSubmit={form.handleSubmit((values) => save.mutate(values))}
      >
        <FormMessage>{errors.root?.message}</FormMessage>
        <Field label="Name" error={errors.name?.message}>
          {(parts) => (
            <Input {...parts} {...form.register('name')} readOnly={!editable} autoComplete="off" />
          )}
        </Field>
        <Field label="Description" error={errors.description?.message}>
          {(parts) => (
            <Textarea {...parts} {...form.register('description')} readOnly={!editable} rows={3} />
          )}
        </Field>
        {editable && (
          <Button
            type="submit"
            variant="primary"
            className="justify-self-start"
            disabled={!isDirty || save.isPending}
          >
            Save details
          </Button>
        )}
      </form>
    </Panel>
  )
}
