import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Ellipsis, Pencil, Trash2 } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useRef, useState } from 'react'
import { useDraftKey } from '@/api/draft-store'
import { projectQuery } from '@/api/projects'
import type { PostView } from '@/api/types'
import { meQuery } from '@/api/users'
import { Avatar } from '@/ui/avatar'
import { Button } from '@/ui/button'
import { cn } from '@/ui/cn'
import { CopyLink, canCopy } from '@/ui/copy-link'
import { ago, fullDate } from '@/ui/dates'
import { legible } from '@/ui/legible'
import { Menu, MenuItem } from '@/ui/menu'
import { ServerHtml } from '@/ui/server-html'
import { EditPost } from './edit-post'
import { placeAfter } from './place-after'
import { bringBack } from './post-draft-store'
import { kindOf, useDeletePost } from './post-mutations'
import { useWriting } from './use-post-form'

const HistoryDialog = lazy(() =>
  import('./history-dialog').then((file) => ({ default: file.HistoryDialog })),
)

type Props = { post: PostView; author: string; editable: boolean; children?: ReactNode }

/** What someone wrote, wherever it stands: who, when, and the words. */
export function PostEntry({ post, author, editable, children }: Props) {
  const { data: me } = useQuery(meQuery)
  const editKey = useDraftKey(`edit ${post.id}`)
  const { isWriting, setWriting, round } = useWriting(editKey)
  return (
    <article aria-label={`${capital(kindOf(post))} by ${author}`} className="flex min-w-0 gap-2.5">
      <Avatar
        id={post.authorId}
        name={author}
        className={cn('mt-px', post.parentId ? 'size-5' : 'size-6')}
      />
      <div className="grid min-w-0 grow grid-cols-[minmax(0,1fr)] gap-1">
        <Head
          post={post}
          author={author}
          editable={editable}
          editKey={editKey}
          onEdit={isWriting ? undefined : () => setWriting(true)}
        />
        {isWriting && editable ? (
          <EditPost key={round} post={post} draftKey={editKey} onClose={() => setWriting(false)} />
        ) : (
          <>
            {post.title && (
              <h2 dir="auto" className="wrap-anywhere font-semibold text-base">
                {legible(post.title)}
              </h2>
            )}
            <ServerHtml html={post.html} reader={me?.id} />
          </>
        )}
        {children}
      </div>
    </article>
  )
}

type HeadProps = Omit<Props, 'children'> & { editKey: string; onEdit: (() => void) | undefined }

function Head({ post, author, editable, editKey, onEdit }: HeadProps) {
  const { data: me } = useQuery(meQuery)
  const own = post.authorId === me?.id
  const at = post.publishedAt ?? post.updatedAt
  return (
    <header className="flex min-h-6 items-start gap-x-2">
      <div className="flex min-h-6 min-w-0 grow flex-wrap items-center gap-x-2 text-ink-faint text-xs">
        <span dir="auto" className="wrap-anywhere font-semibold text-ink text-sm">
          {author}
        </span>
        <Link
          to="/projects/$projectId/posts/$postId"
          params={{ projectId: post.projectId, postId: post.id }}
          className="hover:text-ink hover:underline"
        >
          <time dateTime={at} title={fullDate(at)}>
            {ago(at, new Date())}
          </time>
        </Link>
        {post.state === 'draft' && (
          <span className="rounded-full bg-warn-wash px-2 py-0.5 font-medium text-warn">
            Draft, only you see it
          </span>
        )}
        {post.editedAt && (
          <Edited post={post} at={post.editedAt} editKey={own && editable ? editKey : undefined} />
        )}
      </div>
      <Actions post={post} own={own} editable={editable} onEdit={onEdit} />
    </header>
  )
}

type EditedProps = { post: PostView; at: string; editKey: string | undefined }

/** Whoever may edit it can also bring former words back. */
function Edited({ post, at, editKey }: EditedProps) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <button
        type="button"
        title={`Edited ${fullDate(at)}: see the former words`}
        className="underline decoration-dotted underline-offset-2 hover:text-ink"
        onClick={() => setOpen(true)}
      >
        edited
      </button>
      {open && (
        <Suspense>
          <HistoryDialog
            post={post}
            onClose={() => setOpen(false)}
            onBringBack={editKey ? (words) => bringBack(editKey, words, post.version) : undefined}
          />
        </Suspense>
      )}
    </>
  )
}

type ActionsProps = Pick<HeadProps, 'post' | 'editable' | 'onEdit'> & { own: boolean }

/** Its author changes and deletes it; an owner of the project deletes what others wrote. */
function Actions({ post, own, editable, onEdit }: ActionsProps) {
  const { data: project } = useQuery(projectQuery(post.projectId))
  const remove = useDeletePost()
  const trigger = useRef<HTMLButtonElement>(null)
  const goOn = () => {
    const { activeElement, body } = document
    const gone = trigger.current?.closest('article')
    if (gone && (gone.contains(activeElement) || activeElement === body)) placeAfter(gone)?.focus()
  }
  const isLinked = post.state === 'published' && canCopy()
  const canDelete = editable && (own || project?.role === 'owner')
  if (!isLinked && !canDelete) return null
  return (
    <Menu
      leavesFocus={own && !onEdit}
      trigger={
        <Button
          ref={trigger}
          variant="ghost"
          size="small-icon"
          className="-my-0.5 shrink-0"
          aria-label={`More about this ${kindOf(post)}`}
        >
          <Ellipsis className="size-4" aria-hidden="true" />
        </Button>
      }
    >
      {isLinked && <CopyLink path={`/projects/${post.projectId}/posts/${post.id}`} />}
      {own && editable && onEdit && (
        <MenuItem onSelect={onEdit}>
          <Pencil className="size-4" aria-hidden="true" />
          Edit
        </MenuItem>
      )}
      {canDelete && (
        <MenuItem
          tone="danger"
          disabled={remove.isPending}
          onSelect={() => remove.mutate(post, { onSuccess: goOn })}
        >
          <Trash2 className="size-4" aria-hidden="true" />
          Delete
        </MenuItem>
      )}
    </Menu>
  )
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)
