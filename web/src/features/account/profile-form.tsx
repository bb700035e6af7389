import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import * as z from 'zod/mini'
import { Clash } from '@/api/api-problem'
import { showAtFields } from '@/api/field-errors'
import { changeMerged } from '@/api/merged'
import type { Me } from '@/api/types'
import { changeMe, meQuery, readMe } from '@/api/users'
import { Button } from '@/ui/button'
import { changedLine } from '@/ui/changed-line'
import { Field, FormMessage, Input, Select } from '@/ui/field'
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
      z.minLength(1, 'Enter your name.'),
      z.maxLength(100, 'At most 100 characters.'),
    ),
  timeZone: z.string(),
})

export function ProfileForm({ me }: { me: Me }) {
  const queryClient = useQueryClient()
  const form = useForm({
    resolver: zodResolver(schema),
    values: { name: me.name, timeZone: me.timeZone },
    resetOptions: { keepDirtyValues: true, keepDirty: true, keepErrors: true },
  })
  const { errors, isDirty, dirtyFields } = form.formState
  const [base, setBase] = useBase(me, isDirty)
  const save = useMutation({
    mutationFn: ({ name, timeZone }: z.infer<typeof schema>) =>
      changeMerged({
        base,
        change: {
          ...(dirtyFields.name ? { name } : {}),
          ...(dirtyFields.timeZone ? { timeZone } : {}),
        },
        write: changeMe,
        read: readMe,
      }),
    meta: { shown: true },
    onSuccess: (saved, sent) => {
      setBase(saved)
      resetForm(form, { name: saved.name, timeZone: saved.timeZone }, sent)
      queryClient.setQueryData(meQuery.queryKey, saved)
      toast('Your profile is saved.')
    },
    onError: (error) => {
      if (!(error instanceof Clash)) return showAtFields(form, error)
      const theirs: Me = error.theirs
      setBase(theirs)
      queryClient.setQueryData(meQuery.queryKey, theirs)
      // Nobody else can change a profile.
      const line = changedLine('the same', { isMe: true, name: null }, theirs.updatedAt)
      form.setError('root', {
        message: `${line} You are now called “${legible(theirs.name)}”, in ${theirs.timeZone}. Save again to keep yours.`,
      })
    },
  })
  return (
    <Panel title="Profile" lead={`${me.email}${me.administrator ? ' · administrator' : ''}`}>
      <form
        noValidate
        className="grid gap-4"
        onSubmit={form.handleSubmit((values) => save.mutate(values))}
      >
        <FormMessage>{errors.root?.message}</FormMessage>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Name" error={errors.name?.message}>
            {(parts) => <Input {...parts} {...form.register('name')} autoComplete="name" />}
          </Field>
          <Field
            label="Time zone"
            hint="Days begin and end here, and times are shown as here."
            error={errors.timeZone?.message}
          >
            {(parts) => (
              <Select {...parts} {...form.register('timeZone')}>
                {zonesWith(me.timeZone).map((zone) => (
                  <option key={zone} value={zone}>
                    {zone.replaceAll('_', ' ')}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        </div>
        <Button
          type="submit"
          variant="primary"
          className="justify-self-start"
          disabled={!isDirty || save.isPending}
        >
          Save profile
        </Button>
      </form>
    </Panel>
  )
}
