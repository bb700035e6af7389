import {
  type UseInfiniteQueryResult,
  useInfiniteQuery,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query'
import { deletedItemsQuery, itemsKey, restoreItem } from '@/api/items'
import { listed } from '@/api/list-cache'
import { deletedPostsQuery, postsKey, restorePost } from '@/api/posts'
import { restoreTask } from '@/api/tasks'
import type { ItemView, PostView, TaskView } from '@/api/types'
import type { Deleted } from '@/ui/deleted-things'
import { hasService } from '@/ui/has-service'
import { legible } from '@/ui/legible'
import { storeRestored } from './task-cache'
import { useTasks } from './task-queries'

/** One kind of things in the trash, and how one of them comes back. */
export type Kind = {
  heading: string
  things: Deleted[]
  list: Pick<
    UseInfiniteQueryResult,
    'isPending' | 'isFetching' | 'error' | 'hasNextPage' | 'isFetchNextPageError'
  > & { refetch: () => unknown; fetchNextPage: () => unknown }
  restore: (id: string) => Promise<unknown>
}

/** What was deleted in a project. Comments and replies are not listed by project. */
export function useTrash(projectId: string): Kind[] {
  const client = useQueryClient()
  const tasks = useTasks({ project: projectId, deleted: true, sort: '-updatedAt' })
  const items = useInfiniteQuery(deletedItemsQuery(projectId))
  const enabled = hasService('posts')
  const posts = useInfiniteQuery({ ...deletedPostsQuery({ project: projectId }), enabled })
  const drafts = useInfiniteQuery({
    ...deletedPostsQuery({ project: projectId }, 'draft'),
    enabled,
  })
  const taskRestoration = useMutation({
    mutationFn: restoreTask,
    onSuccess: (task) => storeRestored(client, task),
  })
  const itemRestoration = useMutation({
    mutationFn: restoreItem,
    onSuccess: () => client.invalidateQueries({ queryKey: itemsKey(projectId) }),
  })
  const postRestoration = useMutation({
    mutationFn: restorePost,
    onSuccess: () => client.invalidateQueries({ queryKey: postsKey }),
  })
  const kinds: Kind[] = [
    {
      heading: 'Tasks',
      things: topmost(tasks.tasks).map(ofTask),
      list: tasks,
      restore: taskRestoration.mutateAsync,
    },
    {
      heading: 'Items',
      things: listed(items.data).map(ofItem),
      list: items,
      restore: itemRestoration.mutateAsync,
    },
    {
      heading: 'Posts',
      things: listed(posts.data).map(ofPost),
      list: posts,
      restore: postRestoration.mutateAsync,
    },
    {
      heading: 'Drafts',
      things: listed(drafts.data).map(ofPost),
      list: drafts,
      restore: postRestoration.mutateAsync,
    },
  ]
  // A list that is not asked for would stay pending.
  return enabled ? kinds : kinds.slice(0, 2)
}

const ofTask = ({ id, title, deletedAt }: TaskView) => ({ id, name: legible(title), deletedAt })
const ofItem = ({ id, name, deletedAt }: ItemView) => ({ id, name: legible(name), deletedAt })

/** What has no title is called by its first line. */
function ofPost({ id, title, body, deletedAt }: PostView): Deleted {
  const firstLine = body.trim().split('\n', 1)[0] ?? ''
  return { id, name: legible(title ?? firstLine.slice(0, 200)), deletedAt }
}

/** A sub-task that went along with its parent also comes back with it. */
function topmost(tasks: TaskView[]): TaskView[] {
  const ids = new Set(tasks.map(({ id }) => id))
  return tasks.filter(({ parentId }) => !(parentId && ids.has(parentId)))
}
