import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { X } from 'lucide-react'
import { useState } from 'react'
import { explain } from '@/api/api-problem'
import {
  membersQuery,
  projectQuery,
  projectsKey,
  putMember,
  removeMember,
  restoreMember,
} from '@/api/projects'
import { taskListsKey } from '@/api/tasks'
import type { MemberView, ProjectView, Role } from '@/api/types'
import { meQuery, namesQuery } from '@/api/users'
import { Avatar } from '@/ui/avatar'
import { Button } from '@/ui/button'
import { ConfirmDialog } from '@/ui/confirm-dialog'
import { Select } from '@/ui/field'
import { Panel } from '@/ui/panel'
import { SkeletonRows } from '@/ui/skeleton'
import { toast } from '@/ui/toast'
import { AddMember } from './add-member'
import { Invitations } from './invitations'
import { roles } from './roles'

export function Members({ project, editable }: { project: ProjectView; editable: boolean }) {
  const { data: members, error } = useQuery(membersQuery(project.id))
  const { data: users } = useQuery(namesQuery(members?.map(({ userId }) => userId) ?? []))
  return (
    <Panel
      title="Members"
      lead="Viewers look, editors work on tasks, owners also change these settings."
    >
      {error && <p className="text-danger">{explain(error)}</p>}
      {!(members || error) && <SkeletonRows count={2} />}
      <ul className="-mt-1 divide-y divide-line">
        {members?.map((member) => (
          <Member
            key={member.userId}
            projectId={project.id}
            member={member}
            name={users?.find(({ id }) => id === member.userId)?.name ?? '…'}
            isClosed={users?.find(({ id }) => id === member.userId)?.closed ?? false}
            editable={editable}
          />
        ))}
      </ul>
      {editable && members && <AddMember projectId={project.id} members={members} />}
      {editable && <Invitations projectId={project.id} />}
    </Panel>
  )
}

type MemberProps = {
  projectId: string
  member: MemberView
  name: string
  isClosed: boolean
  editable: boolean
}

function Member({ projectId, member, name, isClosed, editable }: MemberProps) {
  const { data: me } = useQuery(meQuery)
  const isMe = me?.id === member.userId
  const [asking, setAsking] = useState(false)
  const refresh = useRefreshMembers(projectId)
  const change = useMutation({
    mutationFn: (role: Role) => putMember(projectId, member.userId, role),
    onSettled: refresh,
  })
  const remove = useRemove(projectId, member.userId, name, isMe)
  return (
    <li className="flex items-center gap-3 py-2">
      <Avatar id={member.userId} name={name} className="size-7 text-xs" />
      <span dir="auto" className="min-w-0 grow truncate">
        {name}
        {isMe && <span className="text-ink-faint"> (you)</span>}
        {isClosed && <span className="text-ink-faint"> (account closed)</span>}
      </span>
      {editable ? (
        <>
          <Select
            aria-label={`Role of ${name}`}
            className="shrink-0"
            value={change.isPending ? change.variables : member.role}
            onChange={(event) => change.mutate(event.target.value as Role)}
          >
            {Object.entries(roles).map(([role, label]) => (
              <option key={role} value={role}>
                {label}
              </option>
            ))}
          </Select>
          <Button
            variant="ghost"
            size="small-icon"
            aria-label={`Remove ${name}`}
            title={`Remove ${name}`}
            onClick={() => setAsking(true)}
          >
            <X className="size-4" aria-hidden="true" />
          </Button>
          <ConfirmDialog
            open={asking}
            title={isMe ? 'Leave this project?' : `Remove “${name}” from this project?`}
            action={isMe ? 'Leave project' : 'Remove member'}
            busy={remove.isPending}
            onClose={() => setAsking(false)}
            onConfirm={() => remove.mutate(undefined, { onSettled: () => setAsking(false) })}
          >
            {isMe
              ? 'You will not see it any more, and only an owner can bring you back. You are taken off the tasks that are assigned to you.'
              : 'They will not see it any more, and are taken off the tasks that are assigned to them.'}
          </ConfirmDialog>
        </>
      ) : (
        <span className="text-ink-soft">{roles[member.role]}</span>
      )}
    </li>
  )
}

/** Who leaves is led away; who removes another can undo it. */
function useRemove(projectId: string, userId: string, name: string, isMe: boolean) {
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const refresh = useRefreshMembers(projectId)
  const restore = useMutation({
    mutationFn: () => restoreMember(projectId, userId),
    onSettled: refresh,
  })
  return useMutation({
    mutationFn: () => removeMember(projectId, userId),
    onSuccess: async () => {
      if (!isMe) {
        const run = () => restore.mutateAsync()
        return toast(`${name} is no longer a member.`, { label: 'Undo', run })
      }
      await navigate({ to: '/projects' })
      queryClient.removeQueries({ queryKey: projectQuery(projectId).queryKey })
      void queryClient.invalidateQueries({ queryKey: projectsKey })
      toast('You have left the project.')
    },
    onSettled: () => (isMe ? undefined : refresh()),
  })
}

/** A changed role may be one's own, and with it what this page may show; tasks tell their assignees. */
function useRefreshMembers(projectId: string) {
  const queryClient = useQueryClient()
  return () => {
    void queryClient.invalidateQueries({ queryKey: taskListsKey(projectId) })
    return queryClient.invalidateQueries({ queryKey: projectQuery(projectId).queryKey })
  }
}
