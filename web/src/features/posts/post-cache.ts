import type { InfiniteData, QueryClient } from '@tanstack/react-query'
import { postListKey, postsKey, type Subject } from '@/api/posts'
import type { PostPage, PostState, PostView } from '@/api/types'

/**
 * What is known of posts on this side: one list per subject. A change is written into the lists at
 * once; where others may have written meanwhile, the list is then read again.
 */
type PostList = InfiniteData<PostPage, unknown>

export const subjectOf = ({ projectId, taskId, parentId }: PostView): Subject =>
  parentId ? { parent: parentId } : taskId ? { task: taskId } : { project: projectId }

export function postsOf(list: PostList | undefined): PostView[] {
  const byId = new Map<string, PostView>()
  for (const page of list?.pages ?? []) for (const post of page.items) byId.set(post.id, post)
  return [...byId.values()]
}

/** A new post stands before all others. */
export function addPost(client: QueryClient, post: PostView) {
  const queryKey = postListKey(subjectOf(post), post.state)
  update(client, queryKey, (items, page) => (page === 0 ? [post, ...items] : items))
  countReplies(client, post, 1)
  void client.invalidateQueries({ queryKey })
}

export function storePost(client: QueryClient, post: PostView) {
  update(client, postsKey, (items) => items.map((one) => (one.id === post.id ? post : one)))
}

export function dropPost(client: QueryClient, post: PostView, state: PostState = post.state) {
  update(client, postListKey(subjectOf(post), state), (items) =>
    items.filter(({ id }) => id !== post.id),
  )
  countReplies(client, post, -1)
}

function countReplies(client: QueryClient, { parentId }: PostView, more: number) {
  if (!parentId) return
  update(client, postsKey, (items) =>
    items.map((one) => (one.id === parentId ? { ...one, replies: one.replies + more } : one)),
  )
}

function update(
  client: QueryClient,
  queryKey: readonly unknown[],
  change: (items: PostView[], page: number) => PostView[],
) {
  client.setQueriesData<PostList>(
    { queryKey },
    (list) =>
      list && {
        ...list,
        pages: list.pages.map((page, at) => ({ ...page, items: change(page.items, at) })),
      },
  )
}
