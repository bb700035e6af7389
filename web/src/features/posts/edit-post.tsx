import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Clash, isProblem } from '@/api/api-problem'
import type { PostView } from '@/api/types'
import { Button } from '@/ui/button'
import { changedLine } from '@/ui/changed-line'
import { ServerHtml } from '@/ui/server-html'
import { Composer } from './composer'
import { storePost } from './post-cache'
import { postDrafts, type Words } from './post-draft-store'
import { type Base, kindOf, useChangePost, usePublishPost, useRestorePost } from './post-mutations'

type Props = { post: PostView; draftKey: string; onClose: () => void }

/** Other words for one's own post, based on a version: what came later is not overwritten unseen. */
export function EditPost({ post, draftKey, onClose }: Props) {
  const [base, setBase] = useState<Base>(() => baseOf(post, postDrafts.at(draftKey)?.version))
  const [newer, setNewer] = useState<PostView | null>(null)
  const [isInTrash, setInTrash] = useState(false)
  const client = useQueryClient()
  const change = useChangePost()
  const publication = usePublishPost()
  const isDraft = post.state === 'draft'

  const save = (publish: boolean) => async (words: Words) => {
    try {
      const saved = await change.mutateAsync({ post, words, base })
      setBase(saved)
      if (publish) await publication.mutateAsync(saved)
    } catch (error) {
      if (error instanceof Clash) {
        const now: PostView = error.theirs
        storePost(client, now)
        setNewer(now)
        setBase(now)
      } else setInTrash(isProblem(error, 'in-trash'))
      throw error
    }
  }

  return (
    <Composer
      projectId={post.projectId}
      draftKey={draftKey}
      initial={{ title: post.title ?? '', body: post.body }}
      version={base.version}
      label={isDraft ? 'Edit the draft' : 'Edit'}
      compact={post.parentId !== null || post.taskId !== null}
      takeFocus
      send={isDraft ? 'Publish' : newer ? 'Overwrite with mine' : 'Save'}
      onSend={save(isDraft)}
      onDraft={isDraft ? save(false) : undefined}
      isTold={(error) => error instanceof Clash || isProblem(error, 'in-trash')}
      onClose={onClose}
      notice={
        isInTrash ? (
          <InTrash post={post} onRestored={() => setInTrash(false)} />
        ) : (
          newer && <Newer post={newer} onKeep={() => setNewer(null)} />
        )
      }
    />
  )
}

/** What words that were kept were typed over may be known no more: then it is none of what is there now. */
function baseOf(post: PostView, version = post.version): Base {
  return version === post.version ? post : { version, title: null, body: '' }
}

type InTrashProps = { post: PostView; onRestored: () => void }

/** Deleted in another window, or by an owner of the project. */
function InTrash({ post, onRestored }: InTrashProps) {
  const restore = useRestorePost()
  return (
    <p
      role="alert"
      className="flex items-center justify-between gap-2 rounded-lg border border-warn/40 bg-warn-wash p-3 text-warn"
    >
      This {kindOf(post)} is in the trash: restore it to save what you wrote.
      <Button
        size="small"
        disabled={restore.isPending}
        onClick={() => restore.mutate(post, { onSuccess: onRestored })}
      >
        Restore
      </Button>
    </p>
  )
}

/** Someone was quicker: only the author writes here, so it was another window of theirs. */
function Newer({ post, onKeep }: { post: PostView; onKeep: () => void }) {
  return (
    <section
      role="alert"
      aria-label="Changed meanwhile"
      className="grid gap-2 rounded-lg border border-warn/40 bg-warn-wash p-3"
    >
      <div className="flex items-center justify-between gap-2">
        <p className="font-semibold text-warn">
          {changedLine('this', { isMe: true, name: null }, post.updatedAt)} Your words are still
          below; it now says:
        </p>
        <Button size="small" onClick={onKeep}>
          I have seen it
        </Button>
      </div>
      {post.title && (
        <p dir="auto" className="font-semibold">
          {post.title}
        </p>
      )}
      <ServerHtml html={post.html} />
    </section>
  )
}
