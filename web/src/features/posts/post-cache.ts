import type { InfiniteData, QueryClient, QueryFilters } from '@tanstack/react-query'
import { postKey, postListKey, postsKey, type Subject } from '@/api/posts'
import type { PostPage, PostView } from '@/api/types'

/**
 * What is known of posts on this side: one list per subject, and each that was looked at alone. A
 * change is written into them at once; where others may have written meanwhile, it is then read again.
 */
type PostList = InfiniteData<PostPage, unknown>
const allLists = { queryKey: postsKey }

export const subjectOf = ({ projectId, taskId, parentId }: PostView): Subject =>
  parentId ? { parent: parentId } : taskId ? { task: taskId } : { project: projectId }

export function postsOf(list: PostList | undefined): PostView[] {
  const byId = new Map<string, PostView>()
  for (const page of list?.pages ?? []) for (const post of page.items) byId.set(post.id, post)
  return [...byId.values()]
}

/** A new post stands before all others; only the server knows what is found by its words. */
export function addPost(client: QueryClient, post: PostView) {
  const queryKey = postListKey(subjectOf(post), post.state)
  const whole = { queryKey: [...queryKey, {}], exact: true }
  update(client, whole, (items, page) => (page === 0 ? [post, ...items] : items))
  countReplies(client, post, 1)
  void client.invalidateQueries({ queryKey })
}

export function storePost(client: QueryClient, post: PostView) {
  changeEach(client, post.id, () => post)
}

/** Whoever looks at it alone sees that it is deleted. */
export function dropPost(client: QueryClient, post: PostView) {
  update(client, allLists, (items) => items.filter(({ id }) => id !== post.id))
  const deletedAt = new Date().toISOString()
  changeEach(client, post.id, (one) => ({ ...one, deletedAt }))
  countReplies(client, post, -1)
}

function countReplies(client: QueryClient, { parentId }: PostView, more: number) {
  if (parentId) changeEach(client, parentId, (one) => ({ ...one, replies: one.replies + more }))
}

function changeEach(client: QueryClient, id: string, change: (post: PostView) => PostView) {
  update(client, allLists, (items) => items.map((one) => (one.id === id ? change(one) : one)))
  client.setQueryData<PostView>(postKey(id), (post) => post && change(post))
}

function update(
  client: QueryClient,
  lists: QueryFilters,
  change: (items: PostView[], page: number) => PostView[],
) {
  client.setQueriesData<PostList>(
    lists,
    (list) =>
      list && {
        ...list,
        pages: list.pages.map((page, at) => ({ ...page, items: change(page.items, at) })),
      },
  )
}
