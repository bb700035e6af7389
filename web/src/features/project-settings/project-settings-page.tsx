import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { ArrowLeft } from 'lucide-react'
import { explain, isProblem } from '@/api/api-problem'
import { projectQuery } from '@/api/projects'
import { legible } from '@/ui/legible'
import { NoProject } from '@/ui/project-bar'
import { SkeletonRows } from '@/ui/skeleton'
import { ErrorState } from '@/ui/states'
import { useTitle } from '@/ui/use-title'
import { DetailsForm } from './details-form'
import { Ending } from './ending'
import { Labels } from './labels'
import { Members } from './members'
import { Sections } from './sections'

const route = getRouteApi('/app/projects/$projectId/settings')

export function ProjectSettingsPage() {
  const { projectId } = route.useParams()
  const { data: project, error, refetch } = useQuery(projectQuery(projectId))
  useTitle(project && `Settings of ${legible(project.name)}`)
  const owner = project?.role === 'owner'
  const editor = owner || project?.role === 'editor'
  if (isProblem(error, 'not-found')) return <NoProject wasShown={project !== undefined} />
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto grid max-w-3xl grid-cols-[minmax(0,1fr)] gap-8 px-4 py-6 sm:px-8">
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
          <h1 className="mt-1 font-semibold text-xl tracking-tight">Project settings</h1>
        </div>
        {!(project || error) && <SkeletonRows />}
        {error && !project && <ErrorState message={explain(error)} onRetry={() => refetch()} />}
        {project && (
          <>
            <DetailsForm project={project} editable={owner} />
            <Members project={project} editable={owner} />
            <Sections projectId={projectId} editable={editor} />
            <Labels projectId={projectId} editable={editor} />
            {owner && <Ending project={project} />}
          </>
        )}
      </div>
    </div>
  )
}
