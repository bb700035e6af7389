import { useInfiniteQuery } from '@tanstack/react-query'
import { CloudOff } from 'lucide-react'
import { explain } from '@/api/api-problem'
import { useDraftKey } from '@/api/draft-store'
import { listed } from '@/api/list-cache'
import { postsQuery } from '@/api/posts'
import type { TaskView } from '@/api/types'
import { Button } from '@/ui/button'
import { SkeletonRows } from '@/ui/skeleton'
import { ErrorLine } from '@/ui/states'
import { Composer } from './composer'
import { PostEntry } from './post-entry'
import { useWritePost } from './post-mutations'
import { Replies } from './replies'
import { useAuthors } from './use-authors'

type Props = { task: Pick<TaskView, 'id' | 'projectId'>; editable: boolean }

/** What is said about a task, from the oldest to the newest, and the place to go on. */
export function TaskComments({ task, editable }: Props) {
  const list = useInfiniteQuery(postsQuery({ task: task.id }))
  const { data, isPending, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = list
  const comments = listed(data).reverse()
  const nameOf = useAuthors(task.projectId, comments)
  return (
    <section
      data-talk
      aria-label="Comments"
      className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-3 border-line border-t pt-4"
    >
      <h3 className="flex gap-2 font-medium text-ink-soft">
        Comments
        {data && (
          <span className="font-normal text-ink-faint tabular-nums">
            {comments.length}
            {hasNextPage && '+'}
          </span>
        )}
      </h3>
      {isPending && <SkeletonRows count={2} className="h-12" />}
      {error && !data && <Away error={error} onRetry={() => refetch()} />}
      {list.isFetchNextPageError && (
        <ErrorLine message={explain(error)} onRetry={fetchNextPage} isTrying={isFetchingNextPage} />
      )}
      {hasNextPage && !list.isFetchNextPageError && (
        <Button
          size="small"
          variant="ghost"
          disabled={isFetchingNextPage}
          onClick={() => fetchNextPage()}
        >
          Show earlier comments
        </Button>
      )}
      {comments.map((comment) => (
        <PostEntry
          key={comment.id}
          post={comment}
          author={nameOf(comment.authorId)}
          editable={editable}
        >
          <Replies post={comment} editable={editable} />
        </PostEntry>
      ))}
      {data && comments.length === 0 && !editable && (
        <p className="text-ink-faint">Nobody has said anything yet.</p>
      )}
      {editable && data && <WriteComment task={task} />}
    </section>
  )
}

function WriteComment({ task }: { task: Props['task'] }) {
  const key = useDraftKey(`comment ${task.id}`)
  const write = useWritePost({ task: task.id })
  return (
    <div data-write className="min-w-0">
      <Composer
        projectId={task.projectId}
        draftKey={key}
        label="Write a comment"
        compact
        send="Comment"
        onSend={(words) => write.mutateAsync({ words, draft: false })}
      />
    </div>
  )
}

/** Comments have a service of their own: the task works on without it. */
function Away({ error, onRetry }: { error: Error; onRetry: () => void }) {
  return (
    <div role="alert" className="flex items-center gap-3 rounded-md bg-sunken px-3 py-2">
      <CloudOff className="size-4 shrink-0 text-ink-faint" aria-hidden="true" />
      <p className="min-w-0 grow text-ink-soft">
        The comments cannot be shown right now.{' '}
        <span className="text-ink-faint">{explain(error)}</span>
      </p>
      <Button size="small" onClick={onRetry}>
        Try again
      </Button>
    </div>
  )
}
