import { queryOptions, useQuery } from '@tanstack/react-query'
import { membersQuery } from './projects'
import type { User } from './types'
import { meQuery, namesQuery } from './users'

/** Who looks at a project now, by id: told by the stream, never asked for. */
export const presenceQuery = (projectId: string) =>
  queryOptions<string[]>({
    queryKey: ['presence', projectId],
    queryFn: () => [],
    enabled: false,
    initialData: [],
  })

const none: never[] = []

/** The other members who look at a project now. */
export function useOnlookers(projectId: string): User[] {
  const { data: ids } = useQuery(presenceQuery(projectId))
  const { data: me } = useQuery(meQuery)
  const others = ids.filter((id) => id !== me?.id)
  const { data: members = none } = useQuery({
    ...membersQuery(projectId),
    enabled: others.length > 0,
  })
  const { data: users = none } = useQuery({
    ...namesQuery(members.map(({ userId }) => userId)),
    enabled: others.length > 0 && members.length > 0,
  })
  return users.filter(({ id }) => others.includes(id))
}
