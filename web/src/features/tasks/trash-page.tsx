import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { ArrowLeft, Trash2 } from 'lucide-react'
import { explain } from '@/api/api-problem'
import { projectQuery } from '@/api/projects'
import type { TaskView } from '@/api/types'
import { Button } from '@/ui/button'
import { ago } from '@/ui/dates'
import { EndMark } from '@/ui/end-mark'
import { legible } from '@/ui/legible'
import { SkeletonRows } from '@/ui/skeleton'
import { EmptyState, ErrorState } from '@/ui/states'
import { toast } from '@/ui/toast'
import { useTitle } from '@/ui/use-title'
import { TitleText } from './task-bits'
import { useRestoreTask } from './task-mutations'
import { useTasks } from './task-queries'

const route = getRouteApi('/app/projects/$projectId/trash')

export function TrashPage() {
  const { projectId } = route.useParams()
  const { data: project } = useQuery(projectQuery(projectId))
  useTitle(project && `Trash of ${legible(project.name)}`)
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto grid max-w-3xl gap-4 px-4 py-6 sm:px-8">
        <div>
          <Link
            to="/projects/$projectId"
            params={{ projectId }}
            className="inline-flex items-center gap-1 text-ink-soft hover:text-ink"
          >
            <ArrowLeft className="size-4" aria-hidden="true" />
            {project ? legible(project.name) : 'Project'}
          </Link>
          <h1 className="mt-1 font-semibold text-xl tracking-tight">Trash</h1>
        </div>
        <DeletedTasks
          projectId={projectId}
          editable={project !== undefined && project.role !== 'viewer'}
        />
      </div>
    </div>
  )
}

function DeletedTasks({ projectId, editable }: { projectId: string; editable: boolean }) {
  const list = useTasks({ project: projectId, deleted: true, sort: '-updatedAt' })
  if (list.isPending) return <SkeletonRows />
  if (list.isError)
    return <ErrorState message={explain(list.error)} onRetry={() => list.refetch()} />
  const ids = new Set(list.tasks.map(({ id }) => id))
  // A sub-task that went along with its parent also comes back with it.
  const shown = list.tasks.filter(({ parentId }) => !(parentId && ids.has(parentId)))
  if (shown.length === 0)
    return (
      <EmptyState icon={<Trash2 />} title="The trash is empty">
        Deleted tasks wait here, in case somebody wants them back.
      </EmptyState>
    )
  return (
    <ul className="divide-y divide-line rounded-lg border border-line">
      {shown.map((task) => (
        <DeletedTask key={task.id} task={task} editable={editable} />
      ))}
      {list.hasNextPage && !list.isFetchingNextPage && (
        <EndMark as="li" key={list.tasks.length} onSeen={list.fetchNextPage} />
      )}
    </ul>
  )
}

function DeletedTask({ task, editable }: { task: TaskView; editable: boolean }) {
  const restore = useRestoreTask()
  return (
    <li className="flex items-center gap-3 px-3 py-2">
      <span className="min-w-0 grow truncate">
        <TitleText task={task} />
      </span>
      {task.deletedAt && (
        <span className="shrink-0 text-ink-faint text-xs">{ago(task.deletedAt, new Date())}</span>
      )}
      {editable && (
        <Button
          size="small"
          aria-label={`Restore ${legible(task.title)}`}
          disabled={restore.isPending}
          onClick={() =>
            restore.mutate(task, {
              onSuccess: () => toast(`“${legible(task.title)}” is back in the project.`),
            })
          }
        >
          Restore
        </Button>
      )}
    </li>
  )
}
