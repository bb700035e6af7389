import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useRouter } from '@tanstack/react-router'
import { useForm } from 'react-hook-form'
import * as z from 'zod/mini'
import { showAtFields } from '@/api/field-errors'
import type { Me } from '@/api/types'
import { meQuery, registrationQuery, signIn } from '@/api/users'
import { Button } from '@/ui/button'
import { Field, FormMessage, Input } from '@/ui/field'
import { useTitle } from '@/ui/use-title'
import { AuthLayout } from './auth-layout'

const route = getRouteApi('/sign-in')

const schema = z.object({
  email: z.string().check(z.minLength(1, 'Enter your e-mail address.')),
  password: z.string().check(z.minLength(1, 'Enter your password.')),
})

export function SignInPage() {
  useTitle('Sign in')
  const { redirect, ended } = route.useSearch()
  const { data: registration } = useQuery(registrationQuery)
  return (
    <AuthLayout title="Sign in to Tarn">
      {ended && (
        <p role="status" className="mb-4 rounded-md bg-warn-wash px-3 py-2 text-warn">
          You were signed out in the meantime. Sign in to go on where you were.
        </p>
      )}
      <SignInForm />
      {registration?.open && (
        <p className="mt-4 text-center text-ink-soft">
          New here?{' '}
          <Link
            to="/register"
            search={redirect ? { redirect } : {}}
            className="font-medium text-accent underline underline-offset-2"
          >
            {registration.firstUser ? 'Set up the first account' : 'Create an account'}
          </Link>
        </p>
      )}
    </AuthLayout>
  )
}

function SignInForm() {
  const form = useForm({
    resolver: zodResolver(schema),
    defaultValues: { email: '', password: '' },
  })
  const { errors } = form.formState
  const enter = useEnter()
  const submit = useMutation({
    mutationFn: signIn,
    meta: { shown: true },
    onSuccess: ({ user }) => enter(user),
    onError: (error) => showAtFields(form, error),
  })
  return (
    <form
      className="grid gap-4"
      noValidate
      onSubmit={form.handleSubmit((values) => submit.mutate(values))}
    >
      <FormMessage>{errors.root?.message}</FormMessage>
      <Field label="E-mail" error={errors.email?.message}>
        {(parts) => (
          <Input
            {...parts}
            {...form.register('email')}
            type="email"
            autoComplete="username"
            className="h-10"
          />
        )}
      </Field>
      <Field label="Password" error={errors.password?.message}>
        {(parts) => (
          <Input
            {...parts}
            {...form.register('password')}
            type="password"
            autoComplete="current-password"
            className="h-10"
          />
        )}
      </Field>
      <Button type="submit" variant="primary" size="large" disabled={submit.isPending}>
        {submit.isPending ? 'Signing in…' : 'Sign in'}
      </Button>
    </form>
  )
}

/** Nothing of whoever used this browser before may shine through. */
function useEnter() {
  const queryClient = useQueryClient()
  const router = useRouter()
  const { redirect } = route.useSearch()
  return (me: Me) => {
    queryClient.clear()
    queryClient.setQueryData(meQuery.queryKey, me)
    router.history.replace(redirect ?? '/projects')
  }
}
