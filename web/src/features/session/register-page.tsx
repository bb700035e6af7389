import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useRouter } from '@tanstack/react-router'
import { ShieldCheck } from 'lucide-react'
import { useForm } from 'react-hook-form'
import * as z from 'zod/mini'
import { explain } from '@/api/api-problem'
import { showAtFields } from '@/api/field-errors'
import { invitationOfferQuery } from '@/api/invitations'
import { meQuery, register, registrationQuery, signIn } from '@/api/users'
import { Button } from '@/ui/button'
import { browserZone } from '@/ui/dates'
import { Field, FormMessage, Input } from '@/ui/field'
import { SkeletonRows } from '@/ui/skeleton'
import { ErrorState } from '@/ui/states'
import { useTitle } from '@/ui/use-title'
import { visible } from '@/ui/visible-check'
import { AuthLayout } from './auth-layout'
import { keptInvitation } from './kept-invitation'

const route = getRouteApi('/register')

const schema = z.object({
  name: z
    .string()
    .check(
      visible,
      z.minLength(1, 'Enter your name.'),
      z.maxLength(100, 'At most 100 characters.'),
    ),
  email: z
    .string()
    .check(
      visible,
      z.regex(/^\S+@\S+$/, 'Enter an e-mail address.'),
      z.maxLength(254, 'Too long.'),
    ),
  password: z
    .string()
    .check(z.minLength(10, 'At least 10 characters.'), z.maxLength(200, 'At most 200 characters.')),
})
type Values = z.infer<typeof schema>

export function RegisterPage() {
  useTitle('Create an account')
  const registration = useQuery(registrationQuery)
  const { redirect } = route.useSearch()
  const invited = useInvited()
  return (
    <AuthLayout title={registration.data?.firstUser ? 'Welcome to Tarn' : 'Create your account'}>
      {registration.isPending && <SkeletonRows count={4} className="h-10" />}
      {registration.isError && (
        <ErrorState message={explain(registration.error)} onRetry={() => registration.refetch()} />
      )}
      {registration.data && !registration.data.open && !registration.data.firstUser && !invited && (
        <p className="text-ink-soft">
          Registration is closed here. Ask an administrator of this Tarn for an invitation.
        </p>
      )}
      {registration.data && (registration.data.open || registration.data.firstUser || invited) && (
        <>
          {registration.data.firstUser && <FirstUserNote />}
          <RegisterForm />
        </>
      )}
      <p className="mt-4 text-center text-ink-soft">
        Have an account?{' '}
        <Link
          to="/sign-in"
          search={redirect ? { redirect } : {}}
          className="font-medium text-accent underline underline-offset-2"
        >
          Sign in
        </Link>
      </p>
    </AuthLayout>
  )
}

/** Whether the user comes from an invitation that lets in without an account. */
function useInvited(): boolean {
  const secret = keptInvitation()
  const { data } = useQuery(invitationOfferQuery(secret))
  return data?.registers === true
}

function FirstUserNote() {
  return (
    <p className="mb-4 flex gap-2 rounded-md bg-accent-wash px-3 py-2 text-ink-soft">
      <ShieldCheck className="mt-0.5 size-4 shrink-0 text-accent" aria-hidden="true" />
      <span>You are the first one here, so this account becomes the administrator.</span>
    </p>
  )
}

function RegisterForm() {
  const form = useForm<Values>({
    resolver: zodResolver(schema),
    defaultValues: { name: '', email: '', password: '' },
  })
  const { errors } = form.formState
  const submit = useRegistration((error) => showAtFields(form, error))
  return (
    <form
      className="grid gap-4"
      noValidate
      onSubmit={form.handleSubmit((values) => submit.mutate(values))}
    >
      <FormMessage>{errors.root?.message}</FormMessage>
      <Field label="Name" error={errors.name?.message}>
        {(parts) => (
          <Input {...parts} {...form.register('name')} autoComplete="name" className="h-10" />
        )}
      </Field>
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
      <Field label="Password" error={errors.password?.message} hint="At least 10 characters.">
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
      <Button type="submit" variant="primary" size="large" disabled={submit.isPending}>
        {submit.isPending ? 'Creating…' : 'Create account'}
      </Button>
    </form>
  )
}

function useRegistration(onError: (error: Error) => void) {
  const queryClient = useQueryClient()
  const router = useRouter()
  const { redirect } = route.useSearch()
  return useMutation({
    mutationFn: async ({ name, email, password }: Values) => {
      const setupToken = new URLSearchParams(location.hash.slice(1)).get('setup')
      const timeZone = browserZone()
      const invitation = keptInvitation()
      await register({
        name,
        email,
        password,
        timeZone,
        ...(setupToken && { setupToken }),
        ...(invitation && { invitation }),
      })
      return signIn({ email, password })
    },
    meta: { shown: true },
    onSuccess: ({ user }) => {
      queryClient.clear()
      queryClient.setQueryData(meQuery.queryKey, user)
      // The invitation counts this user now, and makes them a member of its project when it is accepted.
      router.history.replace(keptInvitation() ? '/invitation' : (redirect ?? '/projects'))
    },
    onError,
  })
}
