import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import * as z from 'zod/mini'
import { showAtFields } from '@/api/field-errors'
import { changePassword, sessionsQuery, tokensQuery } from '@/api/users'
import { Button } from '@/ui/button'
import { Field, FormMessage, Input } from '@/ui/field'
import { Panel } from '@/ui/panel'
import { toast } from '@/ui/toast'

const schema = z.object({
  currentPassword: z.string().check(z.minLength(1, 'Enter your present password.')),
  endTokens: z.boolean(),
  newPassword: z
    .string()
    .check(z.minLength(10, 'At least 10 characters.'), z.maxLength(200, 'At most 200 characters.')),
})
const empty = { currentPassword: '', newPassword: '', endTokens: false }

export function PasswordForm({ email }: { email: string }) {
  const queryClient = useQueryClient()
  const form = useForm({ resolver: zodResolver(schema), defaultValues: empty })
  const { errors } = form.formState
  const change = useMutation({
    mutationFn: changePassword,
    meta: { shown: true },
    onSuccess: () => {
      form.reset(empty)
      void queryClient.invalidateQueries({ queryKey: sessionsQuery.queryKey })
      void queryClient.invalidateQueries({ queryKey: tokensQuery.queryKey })
      toast('Your password is changed. All other sessions have ended.')
    },
    onError: (error) => showAtFields(form, error),
  })
  return (
    <Panel title="Password" lead="A new password ends all your other sessions.">
      <form
        noValidate
        className="grid gap-4"
        onSubmit={form.handleSubmit((values) => change.mutate(values))}
      >
        <FormMessage>{errors.root?.message}</FormMessage>
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Present password" error={errors.currentPassword?.message}>
            {(parts) => (
              <Input
                {...parts}
                {...form.register('currentPassword')}
                type="password"
                autoComplete="current-password"
              />
            )}
          </Field>
          <Field
            label="New password"
            error={errors.newPassword?.message}
            hint="At least 10 characters."
          >
            {(parts) => (
              <Input
                {...parts}
                {...form.register('newPassword')}
                type="password"
                autoComplete="new-password"
              />
            )}
          </Field>
        </div>
        <label className="flex items-center gap-2">
          <input
            type="checkbox"
            className="size-4 shrink-0 accent-accent"
            {...form.register('endTokens')}
          />
          Revoke all my access tokens too
        </label>
        <Button
          type="submit"
          variant="primary"
          className="justify-self-start"
          disabled={change.isPending}
        >
          Change password
        </Button>
      </form>
    </Panel>
  )
}
