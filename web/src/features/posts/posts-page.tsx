import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { MessagesSquare, PenLine } from 'lucide-react'
import { useCallback, useEffect } from 'react'
import { explain } from '@/api/api-problem'
import { useDraftKey } from '@/api/draft-store'
import { listed } from '@/api/list-cache'
import { postsQuery } from '@/api/posts'
import type { PostState, ProjectView } from '@/api/types'
import { Button } from '@/ui/button'
import { EndMark } from '@/ui/end-mark'
import { SkeletonRows } from '@/ui/skeleton'
import { EmptyState, ErrorLine, ErrorState } from '@/ui/states'
import { useHotkey } from '@/ui/use-hotkey'
import { Composer } from './composer'
import { PostCard } from './post-card'
import type { Words } from './post-draft-store'
import { PostFilters } from './post-filters'
import { useWritePost } from './post-mutations'
import { isNarrowed, type PostSearch } from './post-search'
import { ProjectTalk } from './project-talk'
import { useAuthors } from './use-authors'
import { useWriting } from './use-post-form'

const route = getRouteApi('/app/projects/$projectId/posts')

export function PostsPage() {
  const { projectId } = route.useParams()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const onSearch = useCallback(
    (next: PostSearch) => void navigate({ search: next, replace: true }),
    [navigate],
  )
  const showAll = useCallback(() => onSearch({}), [onSearch])
  return (
    <ProjectTalk
      projectId={projectId}
      title="Posts"
      filters={
        <PostFilters key={projectId} projectId={projectId} search={search} onSearch={onSearch} />
      }
    >
      {(project, editable) => (
        <>
          {editable && <WritePost key={projectId} projectId={projectId} onWritten={showAll} />}
          <PostList
            key={`list ${projectId}`}
            project={project}
            search={search}
            onClear={showAll}
            editable={editable}
          />
        </>
      )}
    </ProjectTalk>
  )
}

/** `onWritten`: what was written is to be seen, also among some that it does not belong to. */
function WritePost({ projectId, onWritten }: { projectId: string; onWritten: () => void }) {
  const key = useDraftKey(`post ${projectId}`)
  const { isWriting, setWriting, round } = useWriting(key)
  const write = useWritePost({ project: projectId })
  const send = (draft: boolean) => (words: Words) => write.mutateAsync({ words, draft })
  useHotkey('n', () => setWriting(true))
  useEffect(() => {
    if (write.data) onWritten()
  }, [write.data, onWritten])
  if (!isWriting)
    return (
      <button
        data-write
        type="button"
        onClick={() => setWriting(true)}
        className="flex h-10 items-center gap-2 rounded-lg border border-line border-dashed px-3 text-ink-faint hover:border-line-strong hover:text-ink"
      >
        <PenLine className="size-4" aria-hidden="true" />
        Write a post
      </button>
    )
  return (
    <div data-write className="rounded-xl border border-line bg-raised p-3 shadow-lift sm:p-4">
      <Composer
        key={round}
        projectId={projectId}
        draftKey={key}
        label="Write a post"
        takeFocus
        send="Publish"
        onSend={send(false)}
        onDraft={send(true)}
        onClose={() => setWriting(false)}
      />
    </div>
  )
}

type ListProps = { project: ProjectView; editable: boolean }
type SearchedProps = ListProps & { search: PostSearch; onClear: () => void }

function PostList({ project, search, onClear, editable }: SearchedProps) {
  const drafts = usePosts(project.id, 'draft', search)
  const list = usePosts(project.id, 'published', search)
  const posts = listed(list.data)
  const nameOf = useAuthors(project.id, posts)
  if (list.isPending) return <SkeletonRows count={3} className="h-28" />
  if (list.error && !list.data)
    return (
      <ErrorState
        message={`The posts cannot be shown right now. ${explain(list.error)}`}
        onRetry={() => Promise.all([list.refetch(), drafts.refetch()])}
      />
    )
  const isEmpty = posts.length === 0 && listed(drafts.data).length === 0
  if (isEmpty && drafts.isPending) return <SkeletonRows count={3} className="h-28" />
  if (isEmpty && !drafts.isError && isNarrowed(search))
    return (
      <EmptyState
        title="No post matches"
        actions={<Button onClick={onClear}>Show all posts</Button>}
      >
        Neither do comments or replies.
      </EmptyState>
    )
  if (isEmpty && !drafts.isError)
    return (
      <EmptyState icon={<MessagesSquare />} title="No posts yet">
        {editable
          ? 'Tell the others what is going on, or what was decided. Posts stay with the project.'
          : 'What is told about this project will stand here.'}
      </EmptyState>
    )
  return (
    <>
      <Drafts list={drafts} project={project} editable={editable} />
      {posts.map((post) => (
        <PostCard key={post.id} post={post} author={nameOf(post.authorId)} editable={editable} />
      ))}
      {list.isFetchingNextPage && <SkeletonRows count={1} className="h-28" />}
      {list.isFetchNextPageError ? (
        <ErrorLine
          message={explain(list.error)}
          onRetry={list.fetchNextPage}
          isTrying={list.isFetchingNextPage}
        />
      ) : (
        list.hasNextPage &&
        !list.isFetchingNextPage &&
        !list.isPlaceholderData && <EndMark key={posts.length} onSeen={list.fetchNextPage} />
      )}
    </>
  )
}

/** What was found before stays until more is known. */
const usePosts = (project: string, state: PostState, { words, author }: PostSearch) =>
  useInfiniteQuery({
    ...postsQuery({ project }, state, { text: words, author }),
    placeholderData: keepPreviousData,
  })

/** One's own, before what everybody sees. */
function Drafts({ list, project, editable }: ListProps & { list: ReturnType<typeof usePosts> }) {
  const drafts = listed(list.data)
  const nameOf = useAuthors(project.id, drafts)
  return (
    <>
      {drafts.map((draft) => (
        <PostCard key={draft.id} post={draft} author={nameOf(draft.authorId)} editable={editable} />
      ))}
      {(list.isLoadingError || list.isFetchNextPageError) && (
        <ErrorLine
          message={`Your drafts cannot be shown right now. ${explain(list.error)}`}
          onRetry={list.isFetchNextPageError ? list.fetchNextPage : list.refetch}
          isTrying={list.isFetching}
        />
      )}
      {list.hasNextPage && !list.isFetchNextPageError && (
        <Button
          size="small"
          variant="ghost"
          disabled={list.isFetchingNextPage}
          onClick={() => list.fetchNextPage()}
        >
          Show more drafts
        </Button>
      )}
    </>
  )
}
