import { useInfiniteQuery } from '@tanstack/react-query'
import { explain } from '@/api/api-problem'
import { inPages } from '@/api/list-cache'
import { versionsQuery } from '@/api/posts'
import type { PostView } from '@/api/types'
import { Button } from '@/ui/button'
import { fullDate } from '@/ui/dates'
import { Dialog } from '@/ui/dialog'
import { ServerHtml } from '@/ui/server-html'
import { SkeletonRows } from '@/ui/skeleton'
import { ErrorState } from '@/ui/states'
import type { Words } from './post-draft-store'

type Props = {
  post: PostView
  onClose: () => void
  onBringBack: ((words: Words) => void) | undefined
}

/** The words that a post had before. */
export function HistoryDialog({ post, onClose, onBringBack }: Props) {
  const { data, isPending, error, refetch, hasNextPage, fetchNextPage } = useInfiniteQuery(
    versionsQuery(post.id),
  )
  const versions = inPages(data)
  return (
    <Dialog open wide onClose={onClose} title="Former words" description="The latest first.">
      {isPending && <SkeletonRows count={2} />}
      {error && <ErrorState message={explain(error)} onRetry={() => refetch()} />}
      <ol className="grid grid-cols-[minmax(0,1fr)] gap-4">
        {versions.map(({ version, title, body, html, writtenAt }) => (
          <li
            key={version}
            className="grid grid-cols-[minmax(0,1fr)] gap-1 border-line border-l-2 pl-3"
          >
            <time dateTime={writtenAt} className="text-ink-faint text-xs">
              {fullDate(writtenAt)}
            </time>
            {title && (
              <h3 dir="auto" className="font-semibold">
                {title}
              </h3>
            )}
            <ServerHtml html={html} />
            {onBringBack && (
              <Button
                size="small"
                className="justify-self-start"
                onClick={() => {
                  onBringBack({ title: title ?? '', body })
                  onClose()
                }}
              >
                Bring these words back
              </Button>
            )}
          </li>
        ))}
      </ol>
      {hasNextPage && (
        <Button size="small" variant="ghost" className="mt-3" onClick={() => fetchNextPage()}>
          Show more
        </Button>
      )}
    </Dialog>
  )
}
