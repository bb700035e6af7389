import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import * as z from 'zod/mini'
import { showAtFields } from '@/api/field-errors'
import { changeEmail, meQuery } from '@/api/users'
import { Button } from '@/ui/button'
import { Field, FormMessage, Input } from '@/ui/field'
import { Panel } from '@/ui/panel'
import { toast } from '@/ui/toast'
import { visible } from '@/ui/visible-check'

const schema = z.object({
  email: z
    .string()
    .check(
      visible,
      z.regex(/^\S+@\S+$/, 'Enter an e-mail address.'),
      z.maxLength(254, 'Too long.'),
    ),
  password: z.string().check(z.minLength(1, 'Enter your password.')),
})

export function EmailForm({ email }: { email: string }) {
  const queryClient = useQueryClient()
  const empty = { email: '', password: '' }
  const form = useForm({ resolver: zodResolver(schema), defaultValues: empty })
  const { errors } = form.formState
  const change = useMutation({
    mutationFn: changeEmail,
    meta: { shown: true },
    onSuccess: (me) => {
      form.reset(empty)
      queryClient.setQueryData(meQuery.queryKey, me)
      toast('Your e-mail address is changed. Sign in with it from now on.')
    },
    onError: (error) => showAtFields(form, error),
  })
  return (
    <Panel title="E-mail address" lead={`You sign in with ${email}.`}>
      <form
        noValidate
        className="grid gap-4"
        onSubmit={form.handleSubmit((values) => change.mutate(values))}
      >
        <FormMessage>{errors.root?.message}</FormMessage>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="New e-mail address" error={errors.email?.message}>
            {(parts) => (
              <Input {...parts} {...form.register('email')} type="email" autoComplete="email" />
            )}
          </Field>
          <Field label="Your password" error={errors.password?.message}>
            {(parts) => (
              <Input
                {...parts}
                {...form.register('password')}
                type="password"
                autoComplete="current-password"
              />
            )}
          </Field>
        </div>
        <Button
          type="submit"
          variant="primary"
          className="justify-self-start"
          disabled={change.isPending}
        >
          Change e-mail address
        </Button>
      </form>
    </Panel>
  )
}
