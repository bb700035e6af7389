import type { QueryClient } from '@tanstack/react-query'
import { changeLists } from '@/api/list-cache'
import { postKey, postListKey, postsKey, type Subject } from '@/api/posts'
import type { PostView } from '@/api/types'

/**
 * What is known of posts on this side: one list per subject, and each that was looked at alone. A
 * change is written into them at once; where others may have written meanwhile, it is then read again.
 */
const allLists = { queryKey: postsKey }

export const subjectOf = ({ projectId, taskId, parentId }: PostView): Subject =>
  parentId ? { parent: parentId } : taskId ? { task: taskId } : { project: projectId }

/** A new post stands before all others; only the server knows what is found by its words. */
export function addPost(client: QueryClient, post: PostView) {
  const queryKey = postListKey(subjectOf(post), post.state)
  const whole = { queryKey: [...queryKey, {}], exact: true }
  changeLists<PostView>(client, whole, (items, { isFirst }) => (isFirst ? [post, ...items] : items))
  countReplies(client, post, 1)
  void client.invalidateQueries({ queryKey })
}

export function storePost(client: QueryClient, post: PostView) {
  changeEach(client, post.id, () => post)
}

/** Whoever looks at it alone sees that it is deleted. */
export function dropPost(client: QueryClient, post: PostView) {
  changeLists<PostView>(client, allLists, (items) => items.filter(({ id }) => id !== post.id))
  const deletedAt = new Date().toISOString()
  changeEach(client, post.id, (one) => ({ ...one, deletedAt }))
  countReplies(client, post, -1)
}

function countReplies(client: QueryClient, { parentId }: PostView, more: number) {
  if (parentId) changeEach(client, parentId, (one) => ({ ...one, replies: one.replies + more }))
}

function changeEach(client: QueryClient, id: string, change: (post: PostView) => PostView) {
  changeLists<PostView>(client, allLists, (items) =>
    items.map((one) => (one.id === id ? change(one) : one)),
  )
  client.setQueryData<PostView>(postKey(id), (post) => post && change(post))
}
