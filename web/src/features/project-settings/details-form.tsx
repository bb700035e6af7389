import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Controller, useForm } from 'react-hook-form'
import * as z from 'zod/mini'
import { Clash } from '@/api/api-problem'
import { showAtFields } from '@/api/field-errors'
import { changeMerged } from '@/api/merged'
import { changeProject, projectQuery, projectsKey, readProject } from '@/api/projects'
import type { Color, ProjectView } from '@/api/types'
import { changerOf } from '@/api/users'
import { Button } from '@/ui/button'
import { changedLine } from '@/ui/changed-line'
import { ColorChoice } from '@/ui/color-choice'
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
  color: z.string(),
  emoji: z.string().check(z.maxLength(32, 'A single emoji.')),
  timeZone: z.string(),
})

const valuesOf = ({ name, description, color, emoji, timeZone }: ProjectView) => ({
  name,
  description,
  color,
  emoji: emoji ?? '',
  timeZone,
})

export function DetailsForm({ project, editable }: { project: ProjectView; editable: boolean }) {
  const queryClient = useQueryClient()
  const { queryKey } = projectQuery(project.id)
  const form = useForm({
    resolver: zodResolver(schema),
    values: valuesOf(project),
    resetOptions: { keepDirtyValues: true, keepDirty: true, keepErrors: true },
  })
  const { errors, isDirty, dirtyFields } = form.formState
  const [base, setBase] = useBase(project, isDirty)
  const save = useMutation({
    mutationFn: ({ name, description, color, emoji, timeZone }: z.infer<typeof schema>) =>
      changeMerged({
        base,
        change: {
          ...(dirtyFields.name ? { name } : {}),
          ...(dirtyFields.description ? { description } : {}),
          ...(dirtyFields.color ? { color: color as Color } : {}),
          ...(dirtyFields.emoji ? { emoji: emoji.trim() || null } : {}),
          ...(dirtyFields.timeZone ? { timeZone } : {}),
        },
        write: (change, version) => changeProject(project.id, change, version),
        read: () => readProject(project.id),
      }),
    meta: { shown: true },
    onSuccess: (saved, sent) => {
      setBase(saved)
      resetForm(form, valuesOf(saved), sent)
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
        <div className="flex flex-wrap gap-4">
          <div className="grid content-start gap-1.5">
            <span className="font-medium">Colour</span>
            <Controller
              control={form.control}
              name="color"
              render={({ field }) => (
                <ColorChoice
                  label="Colour"
                  value={field.value as Color}
                  disabled={!editable}
                  onChange={field.onChange}
                />
              )}
            />
          </div>
          <Field
            label="Emoji"
            hint="One, shown before the name; empty for none."
            error={errors.emoji?.message}
          >
            {(parts) => (
              <Input
                {...parts}
                {...form.register('emoji')}
                className="w-20 text-center"
                readOnly={!editable}
                autoComplete="off"
              />
            )}
          </Field>
        </div>
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
