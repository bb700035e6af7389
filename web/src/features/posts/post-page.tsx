import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { ArrowLeft, Compass, Trash2 } from 'lucide-react'
import { explain, isProblem } from '@/api/api-problem'
import { postQuery } from '@/api/posts'
import type { PostView } from '@/api/types'
import { Button } from '@/ui/button'
import { legible } from '@/ui/legible'
import { SkeletonRows } from '@/ui/skeleton'
import { EmptyState, ErrorState } from '@/ui/states'
import { PostCard } from './post-card'
import { kindOf, useRestorePost } from './post-mutations'
import { ProjectTalk } from './project-talk'
import { useAuthors } from './use-authors'

const route = getRouteApi('/app/projects/$projectId/posts/$postId')

/** One post at an address of its own, with its replies. */
export function PostPage() {
  const { projectId, postId } = route.useParams()
  const { data: post, error, refetch } = useQuery(postQuery(postId))
  return (
    <ProjectTalk projectId={projectId} title={legible(post?.title ?? 'Post')}>
      {(_, editable) => (
        <>
          <Link
            to="/projects/$projectId/posts"
            params={{ projectId }}
            data-back
            className="inline-flex items-center gap-1 justify-self-start text-ink-soft hover:text-ink"
          >
            <ArrowLeft className="size-4" aria-hidden="true" />
            All posts
          </Link>
          <OnePost
            key={postId}
            projectId={projectId}
            post={post}
            error={error}
            onRetry={() => void refetch()}
            editable={editable}
          />
        </>
      )}
    </ProjectTalk>
  )
}

type Props = {
  projectId: string
  post: PostView | undefined
  error: Error | null
  onRetry: () => void
  editable: boolean
}

function OnePost({ projectId, post, error, onRetry, editable }: Props) {
  const nameOf = useAuthors(projectId, post ? [post] : [])
  if (!post && !error) return <SkeletonRows count={1} className="h-28" />
  if (post?.deletedAt) return <Deleted post={post} editable={editable} />
  if (isProblem(error, 'not-found') || (post && post.projectId !== projectId))
    return (
      <EmptyState icon={<Compass />} title="This post cannot be found">
        It was deleted, or it is not for you to see.
      </EmptyState>
    )
  if (!post)
    return (
      <ErrorState
        message={`The post cannot be shown right now. ${explain(error)}`}
        onRetry={onRetry}
      />
    )
  return <PostCard post={post} author={nameOf(post.authorId)} editable={editable} startOpen />
}

function Deleted({ post, editable }: { post: PostView; editable: boolean }) {
  const { projectId, taskId, parentId } = post
  const restore = useRestorePost()
  // Comments and replies are in no trash that is shown.
  const isListed = !(taskId || parentId)
  return (
    <EmptyState
      icon={<Trash2 />}
      title={`This ${kindOf(post)} is deleted`}
      actions={
        <>
          {editable && (
            <Button
              variant="primary"
              disabled={restore.isPending}
              onClick={() => restore.mutate(post)}
            >
              Restore
            </Button>
          )}
          {isListed && (
            <Button asChild>
              <Link to="/projects/$projectId/trash" params={{ projectId }}>
                Open the trash
              </Link>
            </Button>
          )}
        </>
      }
    >
      {isListed && 'It waits in the trash of the project, in case someone wants it back.'}
    </EmptyState>
  )
}
