import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { changeRegistration, registrationQuery } from '@/api/users'
import { Field, Select } from '@/ui/field'
import { Panel } from '@/ui/panel'

export function RegistrationSwitch() {
  const queryClient = useQueryClient()
  const { data } = useQuery(registrationQuery)
  const change = useMutation({
    mutationFn: changeRegistration,
    onSuccess: (saved) => queryClient.setQueryData(registrationQuery.queryKey, saved),
  })
  if (!data) return null
  const asked = change.isPending ? change.variables : data
  const shown = { open: asked.open, invitations: asked.invitations ?? data.invitations }
  return (
    <Panel title="Registration" lead="You see this because you are an administrator.">
      <label className="flex items-center gap-2.5">
        <input
          type="checkbox"
          className="size-4 shrink-0 accent-accent"
          checked={shown.open}
          aria-disabled={change.isPending}
          // Who may invite follows, until an administrator chooses otherwise.
          onChange={(event) => !change.isPending && change.mutate({ open: event.target.checked })}
        />
        Everyone who can reach this server may create an account
      </label>
      <Field label="Who may invite people without an account" className="mt-4">
        {(parts) => (
          <Select
            {...parts}
            value={shown.invitations}
            aria-disabled={change.isPending}
            onChange={(event) =>
              !change.isPending &&
              change.mutate({
                ...shown,
                invitations: event.target.value as typeof shown.invitations,
              })
            }
          >
            <option value="owners">Owners of projects</option>
            <option value="administrators">Administrators alone</option>
          </Select>
        )}
      </Field>
    </Panel>
  )
}
