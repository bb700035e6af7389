import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import * as z from 'zod/mini'
import { isProblem } from '@/api/api-problem'
import { showAtFields } from '@/api/field-errors'
import { changeMe, meQuery } from '@/api/people'
import type { Me } from '@/api/types'
import { Button } from '@/ui/button'
import { Field, FormMessage, Input, Select } from '@/ui/field'
import { Panel } from '@/ui/panel'
import { toast } from '@/ui/toast'

const schema = z.object({
  name: z
    .string()
    .check(
      z.trim(),
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
  })
  const { errors, isDirty } = form.formState
  const save = useMutation({
    mutationFn: (values: z.infer<typeof schema>) => changeMe(values, me.version),
    meta: { shown: true },
    onSuccess: (saved) => {
      queryClient.setQueryData(meQuery.queryKey, saved)
      toast('Your profile is saved.')
    },
    onError: (error) => {
      if (isProblem(error, 'version-mismatch'))
        void queryClient.invalidateQueries({ queryKey: meQuery.queryKey })
      showAtFields(form, error)
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
          <Field label="Time zone" error={errors.timeZone?.message}>
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

function zonesWith(own: string): string[] {
  return [...new Set([own, 'UTC', ...Intl.supportedValuesOf('timeZone')])]
}
