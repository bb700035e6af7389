import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { namesQuery } from '@/api/people'
import { membersQuery } from '@/api/projects'
import type { PostView } from '@/api/types'
import { nameable } from './mentions'

const none: never[] = []

/** The members of a project who can be named in what is written there. */
export function useNameable(projectId: string) {
  const { data: members = none } = useQuery(membersQuery(projectId))
  const { data: people = none } = useQuery(namesQuery(members.map(({ userId }) => userId)))
  return useMemo(() => nameable(people), [people])
}

/** The names of those who wrote these posts, members or no longer. */
export function useAuthors(projectId: string, posts: readonly PostView[]) {
  const { data: members } = useQuery(membersQuery(projectId))
  const ids = members?.map(({ userId }) => userId) ?? none
  const gone = members
    ? posts.map(({ authorId }) => authorId).filter((id) => !ids.includes(id))
    : none
  const { data: people = none } = useQuery(namesQuery(ids))
  const { data: others = none } = useQuery(namesQuery(gone))
  return (id: string) =>
    [...people, ...others].find((person) => person.id === id)?.name ??
    (members ? 'Former member' : '…')
}
