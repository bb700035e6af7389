import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { explain, isProblem } from '@/api/api-problem'
import { useOnlookers } from '@/api/presence'
import { projectQuery } from '@/api/projects'
import type { ProjectView } from '@/api/types'
import { legible } from '@/ui/legible'
import { NoProject, ProjectBar } from '@/ui/project-bar'
import { SkeletonRows } from '@/ui/skeleton'
import { ErrorState } from '@/ui/states'
import { useTitle } from '@/ui/use-title'

type Props = {
  projectId: string
  title: string
  /** What narrows the list below. */
  filters?: ReactNode
  children: (project: ProjectView, editable: boolean) => ReactNode
}

/** A page of what is said in a project, below the project's head. */
export function ProjectTalk({ projectId, title, filters, children }: Props) {
  const { data: project, error, refetch } = useQuery(projectQuery(projectId))
  const onlookers = useOnlookers(projectId)
  useTitle(project && `${title} · ${legible(project.name)}`)
  if (isProblem(error, 'not-found')) return <NoProject wasShown={project !== undefined} />
  if (error && !project)
    return <ErrorState isPage message={explain(error)} onRetry={() => refetch()} />
  if (!project)
    return (
      <div className="p-6">
        <SkeletonRows />
      </div>
    )
  return (
    <div className="flex h-full flex-col">
      <ProjectBar project={project} onlookers={onlookers}>
        {filters}
      </ProjectBar>
      <div className="min-h-0 grow overflow-y-auto">
        <div
          data-talk
          className="mx-auto grid max-w-3xl grid-cols-[minmax(0,1fr)] gap-4 px-4 py-4 sm:px-6"
        >
          {children(project, project.role !== 'viewer' && !project.archived)}
        </div>
      </div>
    </div>
  )
}
