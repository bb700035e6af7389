import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { ArrowLeft, Trash2 } from 'lucide-react'
import { useId } from 'react'
import { explain, isProblem } from '@/api/api-problem'
import { projectQuery } from '@/api/projects'
import { DeletedThings } from '@/ui/deleted-things'
import { legible } from '@/ui/legible'
import { NoProject } from '@/ui/project-bar'
import { SkeletonRows } from '@/ui/skeleton'
import { EmptyState } from '@/ui/states'
import { useTitle } from '@/ui/use-title'
import { type Kind, useTrash } from './use-trash'

const route = getRouteApi('/app/projects/$projectId/trash')

export function TrashPage() {
  const { projectId } = route.useParams()
  const { data: project, error } = useQuery(projectQuery(projectId))
  useTitle(project && `Trash of ${legible(project.name)}`)
  if (isProblem(error, 'not-found')) return <NoProject wasShown={project !== undefined} />
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto grid max-w-3xl grid-cols-[minmax(0,1fr)] gap-4 px-4 py-6 sm:px-8">
        <div>
          <Link
            to="/projects/$projectId"
            params={{ projectId }}
            className="inline-flex max-w-full items-center gap-1 text-ink-soft hover:text-ink"
          >
            <ArrowLeft className="size-4 shrink-0" aria-hidden="true" />
            <span dir="auto" className="truncate">
              {project ? legible(project.name) : 'Project'}
            </span>
          </Link>
          <h1 className="mt-1 font-semibold text-xl tracking-tight">Trash</h1>
        </div>
        <Trash
          key={projectId}
          projectId={projectId}
          editable={project !== undefined && project.role !== 'viewer'}
        />
      </div>
    </div>
  )
}

type TrashProps = { projectId: string; editable: boolean }

function Trash({ projectId, editable }: TrashProps) {
  const kinds = useTrash(projectId)
  const shown = kinds.filter(({ things, list }) => things.length > 0 || list.error)
  if (shown.length === 0)
    return kinds.some(({ list }) => list.isPending) ? (
      <SkeletonRows />
    ) : (
      <EmptyState icon={<Trash2 />} title="The trash is empty">
        Deleted tasks, items and posts wait here, in case someone wants them back.
      </EmptyState>
    )
  return shown.map((kind) => <DeletedKind key={kind.heading} kind={kind} editable={editable} />)
}

function DeletedKind({ kind, editable }: { kind: Kind; editable: boolean }) {
  const { heading, things, list, restore } = kind
  const id = useId()
  return (
    <section aria-labelledby={id} className="grid grid-cols-[minmax(0,1fr)] gap-1.5">
      <h2 id={id} className="font-medium text-ink-soft">
        {heading}
      </h2>
      <DeletedThings
        things={things}
        restore={editable ? restore : undefined}
        backTo="in the project"
        list={list}
        error={list.error ? explain(list.error) : undefined}
      />
    </section>
  )
}
