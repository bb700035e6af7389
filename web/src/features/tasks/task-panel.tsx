import * as Dialog from '@radix-ui/react-dialog'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useLocation, useNavigate } from '@tanstack/react-router'
import { Archive, ArchiveRestore, Ellipsis, Trash2, X } from 'lucide-react'
import { Suspense } from 'react'
import { explain, isProblem } from '@/api/api-problem'
import { taskQuery } from '@/api/tasks'
import type { TaskView } from '@/api/types'
import { Button } from '@/ui/button'
import { CopyLink, canCopy } from '@/ui/copy-link'
import { ago, fullDate } from '@/ui/dates'
import { isInputMethods } from '@/ui/is-composing'
import { legible } from '@/ui/legible'
import { Menu, MenuItem, MenuLine } from '@/ui/menu'
import { SkeletonRows } from '@/ui/skeleton'
import { EmptyState, ErrorState } from '@/ui/states'
import { useTitle } from '@/ui/use-title'
import { Subtasks } from './subtasks'
import { CompleteBox, focusLinkOf, nameOf } from './task-bits'
import { findTask } from './task-cache'
import { TaskForm } from './task-form'
import { useArchiveTask, useDeleteTask, useRestoreTask } from './task-mutations'
import type { ProjectParts } from './task-queries'

const route = getRouteApi('/app/projects/$projectId')

type Props = { id: string; parts: ProjectParts; editable: boolean }

/** One task beside its list. Not modal: the board stays within reach. */
export function TaskPanel({ id, parts, editable }: Props) {
  const { projectId } = route.useParams()
  const client = useQueryClient()
  const navigate = useNavigate({ from: '/projects/$projectId' })
  const {
    data: task,
    error,
    refetch,
  } = useQuery({
    ...taskQuery(id),
    placeholderData: () => findTask(client, projectId, id),
  })
  const close = () => navigate({ search: (was) => ({ ...was, task: undefined }) })
  useTitle(task && legible(task.title))
  return (
    <Dialog.Root open modal={false} onOpenChange={(open) => !open && close()}>
      <Dialog.Content
        aria-describedby={undefined}
        onEscapeKeyDown={(event) => keepsEscape(event) && event.preventDefault()}
        onInteractOutside={(event) => event.preventDefault()}
        onOpenAutoFocus={(event) => {
          event.preventDefault()
          if (event.target instanceof HTMLElement) event.target.focus()
        }}
        onCloseAutoFocus={(event) => {
          event.preventDefault()
          if (document.activeElement === document.body) focusLinkOf(task?.parentId ?? id)
        }}
        className="fixed inset-y-0 right-0 z-30 flex w-full animate-slide-in flex-col border-line border-l bg-raised shadow-float focus-visible:outline-none sm:w-[30rem] lg:w-[34rem]"
      >
        <Dialog.Title className="sr-only">{task ? legible(task.title) : 'Task'}</Dialog.Title>
        <PanelBar task={task} editable={editable} onClose={close} />
        {task ? (
          <PanelBody
            task={task}
            isGone={isProblem(error, 'not-found')}
            parts={parts}
            editable={editable && !task.deletedAt}
          />
        ) : error ? (
          <PanelProblem error={error} onRetry={() => refetch()} />
        ) : (
          <div className="p-5">
            <SkeletonRows />
          </div>
        )}
      </Dialog.Content>
    </Dialog.Root>
  )
}

/** A field that offers something closes the offer first, and an input method what it proposes. */
function keepsEscape(event: KeyboardEvent) {
  const { target } = event
  return (
    isInputMethods(event) ||
    (target instanceof Element && target.matches('[aria-activedescendant]'))
  )
}

type BarProps = { task: TaskView | undefined; editable: boolean; onClose: () => void }

function PanelBar({ task, editable, onClose }: BarProps) {
  return (
    <div className="flex h-12 shrink-0 items-center gap-2 border-line border-b px-3 sm:px-4">
      {task && (
        <>
          <CompleteBox task={task} editable={editable && !task.deletedAt} />
          <span className="text-ink-soft">{task.status === 'done' ? 'Done' : 'Open'}</span>
          {task.archived && <span className="text-ink-faint">· Archived</span>}
        </>
      )}
      <div className="ml-auto flex">
        {task && <PanelMenu task={task} editable={editable} onGone={onClose} />}
        <Button variant="ghost" size="icon" aria-label="Close" onClick={onClose}>
          <X className="size-4" aria-hidden="true" />
        </Button>
      </div>
    </div>
  )
}

function PanelMenu({
  task,
  editable,
  onGone,
}: {
  task: TaskView
  editable: boolean
  onGone: () => void
}) {
  const remove = useDeleteTask()
  const archive = useArchiveTask()
  const address = useLocation({ select: ({ href }) => href })
  const isChangeable = editable && !task.deletedAt
  if (!canCopy() && !isChangeable) return null
  return (
    <Menu
      trigger={
        <Button variant="ghost" size="icon" aria-label="More about this task">
          <Ellipsis className="size-4" aria-hidden="true" />
        </Button>
      }
    >
      {canCopy() && <CopyLink path={address} />}
      {isChangeable && (
        <>
          <MenuItem onSelect={() => archive.mutate({ task, archived: !task.archived })}>
            {task.archived ? <ArchiveRestore className="size-4" /> : <Archive className="size-4" />}
            {task.archived ? 'Bring back' : 'Archive'}
          </MenuItem>
          <MenuLine />
          <MenuItem tone="danger" onSelect={() => remove.mutate(task, { onSuccess: onGone })}>
            <Trash2 className="size-4" aria-hidden="true" />
            Delete
          </MenuItem>
        </>
      )}
    </Menu>
  )
}

function PanelBody({
  task,
  isGone,
  parts,
  editable,
}: {
  task: TaskView
  /** It was there when it was opened; what was typed into it can still be copied. */
  isGone: boolean
  parts: ProjectParts
  editable: boolean
}) {
  const restore = useRestoreTask()
  const { TaskComments } = route.useRouteContext()
  return (
    <>
      {isGone && (
        <p role="alert" className="bg-warn-wash px-4 py-2 text-warn">
          This task is gone. Someone has deleted it for good, or you may not see it any more.
        </p>
      )}
      {task.deletedAt && !isGone && (
        <div
          role="alert"
          className="flex items-center justify-between gap-2 bg-warn-wash px-4 py-2 text-warn"
        >
          This task is in the trash.
          <Button size="small" disabled={restore.isPending} onClick={() => restore.mutate(task)}>
            Restore
          </Button>
        </div>
      )}
      <TaskForm task={task} parts={parts} editable={editable}>
        {task.parentId ? (
          <ParentLink parentId={task.parentId} />
        ) : (
          <Subtasks task={task} editable={editable} />
        )}
        <p className="wrap-anywhere text-ink-faint text-xs">
          Added by <bdi>{nameOf(parts, task.createdBy)}</bdi> on {fullDate(task.createdAt)}, changed{' '}
          {ago(task.updatedAt, new Date())}
          {task.status === 'done' &&
            (task.completedAt
              ? `, completed on ${fullDate(task.completedAt)}`
              : ', completed at an unknown time')}
        </p>
        {TaskComments && !task.deletedAt && (
          <Suspense fallback={<SkeletonRows count={1} />}>
            <TaskComments task={task} editable={editable} />
          </Suspense>
        )}
      </TaskForm>
    </>
  )
}

function ParentLink({ parentId }: { parentId: string }) {
  const { data: parent } = useQuery(taskQuery(parentId))
  const navigate = useNavigate({ from: '/projects/$projectId' })
  if (!parent) return null
  return (
    <p className="text-ink-soft">
      Part of{' '}
      <button
        type="button"
        className="wrap-anywhere text-left text-accent underline underline-offset-2"
        onClick={() => navigate({ search: (was) => ({ ...was, task: parentId }) })}
      >
        <bdi>{legible(parent.title)}</bdi>
      </button>
    </p>
  )
}

function PanelProblem({ error, onRetry }: { error: Error; onRetry: () => void }) {
  return isProblem(error, 'not-found') ? (
    <EmptyState title="This task is gone">Someone may have deleted it.</EmptyState>
  ) : (
    <ErrorState message={explain(error)} onRetry={onRetry} />
  )
}
