import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import * as z from 'zod/mini'
import { passwordResetQuery, resetPassword } from '@/api/accounts'
import { explain } from '@/api/api-problem'
import { showAtFields } from '@/api/field-errors'
import { Button } from '@/ui/button'
import { Field, FormMessage, Input } from '@/ui/field'
import { SkeletonRows } from '@/ui/skeleton'
import { useTitle } from '@/ui/use-title'
import { AuthLayout } from './auth-layout'

const schema = z.object({
  password: z
    .string()
    .check(z.minLength(10, 'At least 10 characters.'), z.maxLength(200, 'At most 200 characters.')),
  endTokens: z.boolean(),
})

/** Where a reset link leads. */
export function ResetPage() {
  useTitle('New password')
  const [secret] = useState(secretOfLink)
  const [isDone, setDone] = useState(false)
  const preview = useQuery(passwordResetQuery(secret))
  return (
    <AuthLayout title={isDone ? 'Your password is changed' : 'Choose a new password'}>
      {secret === '' && !isDone && (
        <p className="text-ink-soft">
          This link is not complete. Open it once more where you got it, to its last character.
        </p>
      )}
      {secret !== '' && !isDone && preview.isLoading && <SkeletonRows count={3} />}
      {!isDone && preview.isError && <Ended>{explain(preview.error)}</Ended>}
      {!isDone && preview.data && <ResetForm secret={secret} onDone={() => setDone(true)} />}
      {isDone && <Ended>All your sessions have ended. Sign in to go on.</Ended>}
    </AuthLayout>
  )
}

function Ended({ children }: { children: string }) {
  return (
    <div className="grid gap-4">
      <p className="text-ink-soft">{children}</p>
      <Button asChild variant="primary" size="large">
        <Link to="/sign-in">Sign in</Link>
      </Button>
    </div>
  )
}

/** The secret leaves the address bar, so that it is not shared along with it; a reload loses it. */
function secretOfLink(): string {
  const linked = location.hash.slice(1)
  if (linked !== '') history.replaceState(history.state, '', location.pathname)
  return linked
}

function ResetForm({ secret, onDone }: { secret: string; onDone: () => void }) {
  const queryClient = useQueryClient()
  const form = useForm({
    resolver: zodResolver(schema),
    defaultValues: { password: '', endTokens: false },
  })
  const { errors } = form.formState
  const reset = useMutation({
    mutationFn: (values: z.infer<typeof schema>) => resetPassword({ secret, ...values }),
    meta: { shown: true },
    onSuccess: () => {
      queryClient.clear()
      onDone()
    },
    onError: (error) => showAtFields(form, error),
  })
  return (
    <form
      className="grid gap-4"
      noValidate
      onSubmit={form.handleSubmit((values) => reset.mutate(values))}
    >
      <FormMessage>{errors.root?.message}</FormMessage>
      <Field label="New password" error={errors.password?.message} hint="At least 10 characters.">
        {(parts) => (
          <Input
            {...parts}
            {...form.register('password')}
            type="password"
            autoComplete="new-password"
            className="h-10"
          />
        )}
      </Field>
      <label className="flex items-center gap-2">
        <input
          type="checkbox"
          className="size-4 shrink-0 accent-accent"
          {...form.register('endTokens')}
        />
        Revoke all my access tokens too
      </label>
      <Button type="submit" variant="primary" size="large" disabled={reset.isPending}>
        Change password
      </Button>
    </form>
  )
}
