import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import * as z from 'zod/mini'
import { Clash } from '@/api/api-problem'
import { showAtFields } from '@/api/field-errors'
import { changeMerged } from '@/api/merged'
import { changeProject, projectQuery, projectsKey, readProject } from '@/api/projects'
import type { ProjectView } from '@/api/types'
import { changerOf } from '@/api/users'
import { Button } from '@/ui/button'
import { changedLine } from '@/ui/changed-line'
import { Field, FormMessage, Input, Select, Textarea } from '@/ui/field'
import { legible } from '@/ui/legible'
import { Panel } from '@/ui/panel'
import { resetForm } from '@/ui/reset-form'
import { zonesWith } from '@/ui/time-zones'
import { toast } from '@/ui/toast'
import { useBase } from '@/ui/use-base'
import { visible } from '@/ui/visible-check'

const schema = z.object({
  name: z
    .string()
    .check(
      visible,
      z.minLength(1, 'A project needs a name.'),
      z.maxLength(200, 'At most 200 characters.'),
    ),
  description: z.string().check(z.maxLength(20_000, 'At most 20,000 characters.')),
  timeZone: z.string(),
})

export function DetailsForm({ project, editable }: { project: ProjectView; editable: boolean }) {
  const queryClient = useQueryClient()
  const { queryKey } = projectQuery(project.id)
  const form = useForm({
    resolver: zodResolver(schema),
    values: {
      name: project.name,
      description: project.description,
      timeZone: project.timeZone,
    },
    resetOptions: { keepDirtyValues: true, keepDirty: true, keepErrors: true },
  })
  const { errors, isDirty, dirtyFields } = form.formState
  const [base, setBase] = useBase(project, isDirty)
  const save = useMutation({
    mutationFn: ({ name, description, timeZone }: z.infer<typeof schema>) =>
      changeMerged({
        base,
        change: {
          ...(dirtyFields.name ? { name } : {}),
          ...(dirtyFields.description ? { description } : {}),
          ...(dirtyFields.timeZone ? { timeZone } : {}),
        },
        write: (change, version) => changeProject(project.id, change, version),
        read: () => readProject(project.id),
      }),
    meta: { shown: true },
    onSuccess: (saved, sent) => {
      setBase(saved)
      const { name, description, timeZone } = saved
      resetForm(form, { name, description, timeZone }, sent)
      queryClient.setQueryData(queryKey, saved)
      void queryClient.invalidateQueries({ queryKey: projectsKey })
      toast('The project is saved.')
    },
    onError: async (error) => {
      if (!(error instanceof Clash)) return showAtFields(form, error)
      const theirs: ProjectView = error.theirs
      const changer = await changerOf(queryClient, theirs.updatedBy)
      setBase(theirs)
      void queryClient.invalidateQueries({ queryKey, exact: true })
      form.setError('root', {
        message: `${changedLine('the same', changer, theirs.updatedAt)} It is now called “${legible(theirs.name)}”${theirs.description ? ` and described as “${theirs.description.slice(0, 200)}”` : ''}. Save again to keep yours.`,
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
        <Field
          label="Time zone"
          hint="For work that nobody asked for, such as reminders. People see dates in their own."
          error={errors.timeZone?.message}
        >
          {(parts) => (
            <Select {...parts} {...form.register('timeZone')} disabled={!editable}>
              {zonesWith(project.timeZone).map((zone) => (
                <option key={zone} value={zone}>
                  {zone.replaceAll('_', ' ')}
                </option>
              ))}
            </Select>
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
