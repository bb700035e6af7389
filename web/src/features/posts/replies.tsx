import { useInfiniteQuery } from '@tanstack/react-query'
import { CornerDownRight } from 'lucide-react'
import { useState } from 'react'
import { explain } from '@/api/api-problem'
import { useDraftKey } from '@/api/draft-store'
import { listed } from '@/api/list-cache'
import { postsQuery } from '@/api/posts'
import type { PostView } from '@/api/types'
import { Button } from '@/ui/button'
import { SkeletonRows } from '@/ui/skeleton'
import { ErrorLine } from '@/ui/states'
import { Composer } from './composer'
import { PostEntry } from './post-entry'
import { useWritePost } from './post-mutations'
import { useAuthors } from './use-authors'
import { useWriting } from './use-post-form'

type Props = { post: PostView; editable: boolean }

/** The replies to a post, read when someone wants to see them, and the place to write one. */
export function Replies({ post, editable, startOpen = false }: Props & { startOpen?: boolean }) {
  const key = useDraftKey(`reply ${post.id}`)
  const [open, setOpen] = useState(startOpen)
  const { isWriting, setWriting, round } = useWriting(key)
  const write = useWritePost({ parent: post.id })
  return (
    <div className="grid min-w-0 gap-2">
      <div className="-ml-2 flex gap-1">
        {post.replies > 0 && (
          <Button
            size="small"
            variant="ghost"
            aria-expanded={open}
            className="text-accent"
            onClick={() => setOpen(!open)}
          >
            {post.replies === 1 ? '1 reply' : `${post.replies} replies`}
          </Button>
        )}
        {editable && !isWriting && (
          <Button size="small" variant="ghost" onClick={() => setWriting(true)}>
            <CornerDownRight className="size-3.5" aria-hidden="true" />
            Reply
          </Button>
        )}
      </div>
      {open && post.replies > 0 && <ReplyList post={post} editable={editable} />}
      {editable && isWriting && (
        <Composer
          key={round}
          projectId={post.projectId}
          draftKey={key}
          label="Write a reply"
          compact
          takeFocus
          send="Reply"
          onSend={async (words) => {
            await write.mutateAsync({ words, draft: false })
            setOpen(true)
          }}
          onClose={() => setWriting(false)}
        />
      )}
    </div>
  )
}

function ReplyList({ post, editable }: Props) {
  const list = useInfiniteQuery(postsQuery({ parent: post.id }))
  const { data, isPending, error, hasNextPage, fetchNextPage } = list
  const replies = listed(data).reverse()
  const nameOf = useAuthors(post.projectId, replies)
  return (
    <section aria-label="Replies" className="grid min-w-0 gap-3 border-line border-l-2 pl-3">
      {isPending && <SkeletonRows count={1} className="h-10" />}
      {error && (
        <ErrorLine
          message={explain(error)}
          onRetry={list.isFetchNextPageError ? fetchNextPage : list.refetch}
          isTrying={list.isFetching}
        />
      )}
      {hasNextPage && !error && (
        <Button size="small" variant="ghost" onClick={() => fetchNextPage()}>
          Show earlier replies
        </Button>
      )}
      {replies.map((reply) => (
        <PostEntry
          key={reply.id}
          post={reply}
          author={nameOf(reply.authorId)}
          editable={editable}
        />
      ))}
    </section>
  )
}
