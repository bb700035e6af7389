import { useMutation, useQueryClient } from '@tanstack/react-query'
import { writingOnce } from '@/api/client'
import { changeMerged } from '@/api/merged'
import {
  changePost,
  createPost,
  deletePost,
  postKey,
  postsKey,
  publishPost,
  readPost,
  restorePost,
  type Subject,
} from '@/api/posts'
import type { PostChange, PostDraft, PostView } from '@/api/types'
import { toast } from '@/ui/toast'
import { addPost, dropPost, storePost } from './post-cache'
import type { Words } from './post-draft-store'

/** By what they are about: what failed has the same key when it is tried in a box opened later. */
const writers = new Map<string, (draft: PostDraft) => Promise<PostView>>()

function writerOf(subject: Subject) {
  const place = JSON.stringify(subject)
  const write = writers.get(place) ?? writingOnce(createPost)
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

/** What a post is changed from. */
export type Base = Pick<PostView, 'title' | 'body' | 'version'>

type Change = { post: PostView; words: Words; base: Base }

/** Other words for a post; only what was touched is sent. */
export function useChangePost() {
  const client = useQueryClient()
  return useMutation({
    meta: { shown: true },
    mutationFn: async ({ post, words, base }: Change) => {
      const title = words.title || null
      const change: PostChange = {
        ...(title === base.title ? {} : { title }),
        ...(words.body === base.body ? {} : { body: words.body }),
      }
      if (Object.keys(change).length === 0) return { ...post, version: base.version }
      return changeMerged({
        base: { ...post, ...base },
        change,
        write: (what, version) => changePost(post.id, what, version),
        read: () => readPost(post.id),
      })
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

export function useRestorePost() {
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
