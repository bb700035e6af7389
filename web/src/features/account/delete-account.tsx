import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { showAtFields } from '@/api/field-errors'
import { clearSubmitQueue } from '@/api/submit-queue'
import { deleteMe, meQuery } from '@/api/users'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { Field, FormMessage, Input } from '@/ui/field'
import { Panel } from '@/ui/panel'

export function DeleteAccount() {
  const [open, setOpen] = useState(false)
  return (
    <Panel
      title="Delete account"
      lead="What you did in projects stays with their teams, without your name."
    >
      <Button variant="danger" onClick={() => setOpen(true)}>
        Delete my account
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title="Delete your account?"
        description="This cannot be undone. Projects that only you are in go with it. Enter your password to go on."
      >
        <DeletionForm onCancel={() => setOpen(false)} />
      </Dialog>
    </Panel>
  )
}

function DeletionForm({ onCancel }: { onCancel: () => void }) {
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const form = useForm({ defaultValues: { password: '' } })
  const { errors } = form.formState
  const remove = useMutation({
    mutationFn: ({ password }: { password: string }) => deleteMe(password),
    meta: { shown: true },
    onSuccess: async () => {
      clearSubmitQueue()
      queryClient.removeQueries({ queryKey: meQuery.queryKey })
      await navigate({ to: '/sign-in' })
      queryClient.clear()
    },
    onError: (error) => showAtFields(form, error),
  })
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={form.handleSubmit((values) => remove.mutate(values))}
    >
      <FormMessage>{errors.root?.message}</FormMessage>
      <Field label="Password" error={errors.password?.message}>
        {(parts) => (
          <Input
            {...parts}
            {...form.register('password', { required: 'Enter your password.' })}
            type="password"
            autoComplete="current-password"
          />
        )}
      </Field>
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="danger" disabled={remove.isPending}>
          Delete for ever
        </Button>
      </div>
    </form>
  )
}
