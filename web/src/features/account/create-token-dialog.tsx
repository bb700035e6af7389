import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import * as z from 'zod/mini'
import { ApiProblem } from '@/api/api-problem'
import { showAtFields } from '@/api/field-errors'
import type { NewToken, TokenScope } from '@/api/types'
import { createToken, tokensQuery } from '@/api/users'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { Field, FormMessage, Input, Select } from '@/ui/field'
import { ShownOnce } from '@/ui/shown-once'
import { visible } from '@/ui/visible-check'

const scopes: Record<TokenScope, string> = {
  'calculations:run': 'Have expressions worked out',
  'posts:read': 'See posts and comments',
  'posts:write': 'Write posts and comments',
  'tasks:read': 'See projects and tasks',
  'tasks:write': 'Change projects and tasks',
  'users:read': 'See the names of people',
}

const schema = z.object({
  name: z
    .string()
    .check(
      visible,
      z.minLength(1, 'Say what the token is for.'),
      z.maxLength(100, 'At most 100 characters.'),
    ),
  scopes: z
    .array(
      z.enum([
        'calculations:run',
        'posts:read',
        'posts:write',
        'tasks:read',
        'tasks:write',
        'users:read',
      ]),
    )
    .check(z.minLength(1, 'Choose at least one.')),
  days: z.string(),
  password: z.string(),
})
type Values = z.infer<typeof schema>

export function CreateTokenDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const [created, setCreated] = useState<NewToken | null>(null)
  const [isWarned, setWarned] = useState(false)
  const close = () => {
    setCreated(null)
    setWarned(false)
    onClose()
  }
  return (
    <Dialog
      open={open}
      onClose={created ? () => setWarned(true) : close}
      title={created ? 'Your new token' : 'New access token'}
    >
      {created ? (
        <ShownOnce noun="token" value={created.secret} isWarned={isWarned} onDone={close} />
      ) : (
        <TokenForm onCreated={setCreated} onCancel={close} />
      )}
    </Dialog>
  )
}

type FormProps = { onCreated: (token: NewToken) => void; onCancel: () => void }

function TokenForm({ onCreated, onCancel }: FormProps) {
  const queryClient = useQueryClient()
  const form = useForm<Values>({
    resolver: zodResolver(schema),
    defaultValues: { name: '', scopes: ['tasks:read'], days: '90', password: '' },
  })
  const { errors } = form.formState
  const [needsPassword, setNeedsPassword] = useState(false)
  const create = useMutation({
    mutationFn: ({ name, scopes: chosen, days, password }: Values) =>
      createToken({
        name,
        scopes: chosen,
        expiresAt: inDays(Number(days)),
        ...(password ? { password } : {}),
      }),
    meta: { shown: true },
    onSuccess: (token) => {
      void queryClient.invalidateQueries({ queryKey: tokensQuery.queryKey })
      onCreated(token)
    },
    onError: (error) => {
      if (error instanceof ApiProblem && error.code === 'password-needed') setNeedsPassword(true)
      else showAtFields(form, error)
    },
  })
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={form.handleSubmit((values) => create.mutate(values))}
    >
      <FormMessage>{errors.root?.message}</FormMessage>
      <Field
        label="Name"
        error={errors.name?.message}
        hint="What will use it, such as “backup script”."
      >
        {(parts) => <Input {...parts} {...form.register('name')} autoComplete="off" />}
      </Field>
      <fieldset className="grid gap-1.5">
        <legend className="mb-1 font-medium text-ink-soft">It may</legend>
        {Object.entries(scopes).map(([scope, meaning]) => (
          <label key={scope} className="flex items-center gap-2">
            <input
              type="checkbox"
              value={scope}
              className="size-4 shrink-0 accent-accent"
              {...form.register('scopes')}
            />
            {meaning}
            <code className="text-ink-faint text-xs">{scope}</code>
          </label>
        ))}
        {errors.scopes && <p className="text-danger text-xs">{errors.scopes.message}</p>}
      </fieldset>
      <Field label="Expires" error={errors.days?.message}>
        {(parts) => (
          <Select {...parts} {...form.register('days')}>
            <option value="30">In 30 days</option>
            <option value="90">In 90 days</option>
            <option value="365">In a year</option>
            <option value="3650">In ten years</option>
          </Select>
        )}
      </Field>
      {needsPassword && (
        <Field
          label="Password"
          error={errors.password?.message}
          hint="You signed in more than ten minutes ago: enter your password to go on."
        >
          {(parts) => (
            <Input
              {...parts}
              {...form.register('password')}
              type="password"
              autoComplete="current-password"
              autoFocus
            />
          )}
        </Field>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="primary" disabled={create.isPending}>
          Create token
        </Button>
      </div>
    </form>
  )
}

function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString()
}
