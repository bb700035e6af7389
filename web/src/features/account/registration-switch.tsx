import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { changeRegistration, registrationQuery } from '@/api/users'
import { Panel } from '@/ui/panel'

export function RegistrationSwitch() {
  const queryClient = useQueryClient()
  const { data } = useQuery(registrationQuery)
  const change = useMutation({
    mutationFn: changeRegistration,
    onSuccess: (saved) => queryClient.setQueryData(registrationQuery.queryKey, saved),
  })
  if (!data) return null
  return (
    <Panel title="Registration" lead="You see this because you are an administrator.">
      <label className="flex items-center gap-2.5">
        <input
          type="checkbox"
          className="size-4 accent-accent"
          checked={change.isPending ? change.variables : data.open}
          aria-disabled={change.isPending}
          onChange={(event) => !change.isPending && change.mutate(event.target.checked)}
        />
        Anybody who can reach this server may create an account
      </label>
    </Panel>
  )
}
