import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { membersQuery, putMember } from '@/api/projects'
import type { MemberView, Role, User } from '@/api/types'
import { directoryQuery } from '@/api/users'
import { and } from '@/ui/and'
import { Avatar } from '@/ui/avatar'
import { Button } from '@/ui/button'
import { Field, Input, Select } from '@/ui/field'
import { legible } from '@/ui/legible'
import { useDebounced } from '@/ui/use-debounced'
import { roles } from './roles'

type Props = { projectId: string; members: MemberView[] }

/** Found by name, or by the whole e-mail address, among those one shares a project with or has invited. */
export function AddMember({ projectId, members }: Props) {
  const [text, setText] = useState('')
  const [role, setRole] = useState<Role>('editor')
  const settled = useDebounced(text.trim())
  const known = members.map(({ userId }) => userId)
  const { data } = useQuery(directoryQuery(settled, known))
  const queryClient = useQueryClient()
  const add = useMutation({
    mutationFn: (user: User) => putMember(projectId, user.id, role),
    onSuccess: () => {
      setText('')
      return queryClient.invalidateQueries({ queryKey: membersQuery(projectId).queryKey })
    },
  })
  const matching = settled.length < 2 ? undefined : data
  return (
    <div className="mt-2 grid gap-2">
      <div className="flex items-end gap-2">
        <Field label="Add a member" className="grow">
          {(parts) => (
            <Input
              {...parts}
              type="search"
              autoComplete="off"
              placeholder="Name or e-mail address"
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
        <Select
          aria-label="Role of the new member"
          value={role}
          onChange={(event) => setRole(event.target.value as Role)}
        >
          {Object.entries(roles).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
      </div>
      {matching?.found.length === 0 && (
        <p role="status" className="text-ink-soft">
          {matching.members.length ? (
            areMembers(matching.members)
          ) : (
            <>
              No user you know here is called “{settled}”. Invite others with a link: choose “Invite
              by link”.
            </>
          )}
        </p>
      )}
      <ul>
        {matching?.found.map((user) => (
          <li key={user.id} className="flex items-center gap-3 py-1">
            <Avatar id={user.id} name={user.name} className="size-7 text-xs" />
            <span dir="auto" className="grow truncate">
              {user.name}
            </span>
            <Button
              size="small"
              aria-label={`Add ${user.name}`}
              disabled={add.isPending}
              onClick={() => add.mutate(user)}
            >
              Add
            </Button>
          </li>
        ))}
      </ul>
    </div>
  )
}

const areMembers = (users: User[]) =>
  `${and(users.map(({ name }) => legible(name)))} ${users.length === 1 ? 'is a member' : 'are members'} already.`
