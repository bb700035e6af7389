import { useMutation, useQueryClient } from '@tanstack/react-query'
import { writingOnce } from '@/api/client'
import {
  changePost,
  deletePost,
  postKey,
  postsKey,
  publishPost,
  restorePost,
  type Subject,
  writePost,
} from '@/api/posts'
import type { PostDraft, PostView } from '@/api/types'
import { toast } from '@/ui/toast'
import { addPost, dropPost, storePost } from './post-cache'
import type { Words } from './unsent'

/** By what they are about: what failed has the same key when it is tried in a box opened later. */
const writers = new Map<string, (draft: PostDraft) => Promise<PostView>>()

function writerOf(subject: Subject) {
  const place = JSON.stringify(subject)
  const write = writers.get(place) ?? writingOnce(writePost)
  writers.set(place, write)
  return write
}

/** Its words are the composer's to keep: who failed to send them is told there. */
export function useWritePost(subject: Subject) {
  const client = useQueryClient()
  const write = writerOf(subject)
  return useMutation({
    meta: { shown: true },
    mutationFn: ({ words, draft }: { words: Words; draft: boolean }) =>
      write({ ...sentSubject(subject), ...sentWords(words), ...(draft ? { draft } : {}) }),
    onSuccess: (post) => addPost(client, post),
  })
}

function sentSubject(subject: Subject) {
  if ('project' in subject) return { projectId: subject.project }
  return 'task' in subject ? { taskId: subject.task } : { parentId: subject.parent }
}

const sentWords = ({ title, body }: Words) => ({ ...(title ? { title } : {}), body })

type Change = { post: PostView; words: Words; version: number }

/** Other words for a post. */
export function useChangePost() {
  const client = useQueryClient()
  return useMutation({
    meta: { shown: true },
    mutationFn: async ({ post, words, version }: Change) => {
      const change = { title: words.title || null, body: words.body }
      const same = change.title === post.title && change.body === post.body
      if (same) return { ...post, version }
      return changePost(
        post.id,
        post.parentId || post.taskId ? { body: words.body } : change,
        version,
      )
    },
    onSuccess: (saved) => storePost(client, saved),
  })
}

export function usePublishPost() {
  const client = useQueryClient()
  return useMutation({
    meta: { shown: true },
    mutationFn: (draft: PostView) => publishPost(draft.id, draft.version),
    onSuccess: (post, draft) => {
      dropPost(client, draft)
      addPost(client, post)
      storePost(client, post)
    },
  })
}

/** Gone at once, and back at once for whoever slipped. */
export function useDeletePost() {
  const client = useQueryClient()
  const restore = useRestorePost()
  return useMutation({
    mutationFn: (post: PostView) => deletePost(post.id),
    onSuccess: (_, post) => {
      dropPost(client, post)
      toast(`The ${kindOf(post)} is deleted.`, {
        label: 'Undo',
        run: () => restore.mutateAsync(post),
      })
    },
  })
}

function useRestorePost() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (post: PostView) => restorePost(post.id),
    onSuccess: (post) => {
      storePost(client, post)
      void client.invalidateQueries({ queryKey: postsKey })
      // The post it replies to has one reply more again.
      if (post.parentId) void client.invalidateQueries({ queryKey: postKey(post.parentId) })
    },
  })
}

export function kindOf({ parentId, taskId, state }: PostView): string {
  if (state === 'draft') return 'draft'
  if (parentId) return 'reply'
  return taskId ? 'comment' : 'post'
}
