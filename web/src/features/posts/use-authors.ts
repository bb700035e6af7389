import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { membersQuery } from '@/api/projects'
import type { PostView, User } from '@/api/types'
import { namesQuery } from '@/api/users'
import { nameable } from './mentions'

const none: never[] = []

/** The members of a project. */
export function useMembers(projectId: string): User[] {
  const { data: members = none } = useQuery(membersQuery(projectId))
  const { data: users = none } = useQuery(namesQuery(members.map(({ userId }) => userId)))
  return users
}

/** Those of them who can be named in what is written there. */
export function useNameable(projectId: string) {
  const members = useMembers(projectId)
  return useMemo(() => nameable(members), [members])
}

/** The names of those who wrote these posts, members or no longer. */
export function useAuthors(projectId: string, posts: readonly Pick<PostView, 'authorId'>[]) {
  const members = useQuery(membersQuery(projectId))
  const ids = members.data?.map(({ userId }) => userId) ?? none
  const gone = members.data
    ? posts.map(({ authorId }) => authorId).filter((id) => !ids.includes(id))
    : none
  const users = useQuery(namesQuery(ids))
  const others = useQuery(namesQuery(gone))
  return (id: string) => {
    if (!members.data) return unnamed(members)
    const { data, isError } = ids.includes(id) ? users : others
    if (!data) return unnamed({ isError })
    return data.find((user) => user.id === id)?.name ?? 'Former member'
  }
}

/** That a name is not known does not mean that someone has left. */
const unnamed = ({ isError }: { isError: boolean }) => (isError ? 'Unknown' : '…')
