import { useQuery } from '@tanstack/react-query'
import { Ellipsis, Pencil, Trash2 } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { meQuery } from '@/api/people'
import { projectQuery } from '@/api/projects'
import type { PostView } from '@/api/types'
import { Avatar } from '@/ui/avatar'
import { Button } from '@/ui/button'
import { cn } from '@/ui/cn'
import { ago, fullDate } from '@/ui/dates'
import { legible } from '@/ui/legible'
import { Menu, MenuItem } from '@/ui/menu'
import { ServerHtml } from '@/ui/server-html'
import { EditPost } from './edit-post'
import { kindOf, useDeletePost } from './post-mutations'
import { keepUnsent, unsentAt } from './unsent'
import { useUnsentKey } from './use-words'

const HistoryDialog = lazy(() =>
  import('./history-dialog').then((file) => ({ default: file.HistoryDialog })),
)

type Props = { post: PostView; author: string; editable: boolean; children?: ReactNode }

/** What somebody wrote, wherever it stands: who, when, and the words. */
export function PostEntry({ post, author, editable, children }: Props) {
  const { data: me } = useQuery(meQuery)
  const editKey = useUnsentKey(`edit ${post.id}`)
  const [editing, setEditing] = useState(() => unsentAt(editKey) !== undefined)
  const done = () => {
    keepUnsent(editKey, null)
    setEditing(false)
  }
  return (
    <article aria-label={`${capital(kindOf(post))} by ${author}`} className="flex min-w-0 gap-2.5">
      <Avatar
        id={post.authorId}
        name={author}
        className={cn('mt-px', post.parentId ? 'size-5' : 'size-6')}
      />
      <div className="grid min-w-0 grow gap-1">
        <Head
          post={post}
          author={author}
          editable={editable}
          onEdit={editing ? undefined : () => setEditing(true)}
        />
        {editing && editable ? (
          <EditPost post={post} unsentKey={editKey} onDone={done} />
        ) : (
          <>
            {post.title && (
              <h2 className="wrap-anywhere font-semibold text-base">{legible(post.title)}</h2>
            )}
            <ServerHtml html={post.html} reader={me?.id} />
          </>
        )}
        {children}
      </div>
    </article>
  )
}

type HeadProps = Omit<Props, 'children'> & { onEdit: (() => void) | undefined }

function Head({ post, author, editable, onEdit }: HeadProps) {
  const at = post.publishedAt ?? post.updatedAt
  return (
    <header className="flex min-h-6 flex-wrap items-center gap-x-2 text-ink-faint text-xs">
      <span className="font-semibold text-ink text-sm">{author}</span>
      <time dateTime={at} title={fullDate(at)}>
        {ago(at, new Date())}
      </time>
      {post.state === 'draft' && (
        <span className="rounded-full bg-warn-wash px-2 py-0.5 font-medium text-warn">
          Draft, only you see it
        </span>
      )}
      {post.editedAt && <Edited post={post} at={post.editedAt} />}
      {editable && <Actions post={post} onEdit={onEdit} />}
    </header>
  )
}

function Edited({ post, at }: { post: PostView; at: string }) {
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
          <HistoryDialog post={post} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}

/** Its author changes and deletes it; an owner of the project deletes what others wrote. */
function Actions({ post, onEdit }: { post: PostView; onEdit: (() => void) | undefined }) {
  const { data: me } = useQuery(meQuery)
  const { data: project } = useQuery(projectQuery(post.projectId))
  const remove = useDeletePost()
  const own = post.authorId === me?.id
  if (!own && project?.role !== 'owner') return null
  return (
    <Menu
      leavesFocus={own && !onEdit}
      trigger={
        <Button
          variant="ghost"
          size="small-icon"
          className="-my-1 ml-auto"
          aria-label={`More about this ${kindOf(post)}`}
        >
          <Ellipsis className="size-4" aria-hidden="true" />
        </Button>
      }
    >
      {own && onEdit && (
        <MenuItem onSelect={onEdit}>
          <Pencil className="size-4" aria-hidden="true" />
          Edit
        </MenuItem>
      )}
      <MenuItem tone="danger" disabled={remove.isPending} onSelect={() => remove.mutate(post)}>
        <Trash2 className="size-4" aria-hidden="true" />
        Delete
      </MenuItem>
    </Menu>
  )
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)
