import { Link } from '@tanstack/react-router'
import { CornerLeftUp } from 'lucide-react'
import type { PostView } from '@/api/types'
import { PostEntry } from './post-entry'
import { Replies } from './replies'

type Props = { post: PostView; author: string; editable: boolean; startOpen?: boolean }

/** A post by itself, with its replies; what belongs to something else says to what. */
export function PostCard({ post, author, editable, startOpen = false }: Props) {
  return (
    <div className="grid gap-2 rounded-xl border border-line bg-raised p-3 shadow-lift sm:p-4">
      <About post={post} />
      <PostEntry post={post} author={author} editable={editable}>
        {post.state === 'published' && !post.parentId && (
          <Replies post={post} editable={editable} startOpen={startOpen} />
        )}
      </PostEntry>
    </div>
  )
}

function About({ post: { projectId, taskId, parentId } }: { post: PostView }) {
  if (parentId)
    return (
      <Link
        to="/projects/$projectId/posts/$postId"
        params={{ projectId, postId: parentId }}
        className={about}
      >
        <CornerLeftUp className="size-3.5" aria-hidden="true" />
        What it replies to
      </Link>
    )
  if (!taskId) return null
  return (
    <Link
      to="/projects/$projectId"
      params={{ projectId }}
      search={{ task: taskId }}
      className={about}
    >
      <CornerLeftUp className="size-3.5" aria-hidden="true" />
      The task it is about
    </Link>
  )
}

const about =
  'inline-flex items-center gap-1 justify-self-start text-ink-soft text-xs hover:text-ink'
