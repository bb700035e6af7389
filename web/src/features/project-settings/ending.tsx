import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { changeMerged } from '@/api/merged'
import {
  changeProject,
  deleteProject,
  projectQuery,
  projectsKey,
  readProject,
  restoreProject,
} from '@/api/projects'
import type { ProjectView } from '@/api/types'
import { Button } from '@/ui/button'
import { ConfirmDialog } from '@/ui/confirm-dialog'
import { legible } from '@/ui/legible'
import { Panel } from '@/ui/panel'
import { toast } from '@/ui/toast'

/** Putting a project away, for a while or for good. */
export function Ending({ project }: { project: ProjectView }) {
  const [asking, setAsking] = useState(false)
  const archive = useArchive(project)
  const remove = useRemove(project)
  return (
    <Panel title="Archive or delete">
      <div className="flex flex-wrap gap-2">
        <Button disabled={archive.isPending} onClick={() => archive.mutate(!project.archived)}>
          {project.archived ? 'Bring back from the archive' : 'Archive project'}
        </Button>
        <Button variant="danger" onClick={() => setAsking(true)}>
          Delete project
        </Button>
      </div>
      <ConfirmDialog
        open={asking}
        title={`Delete “${legible(project.name)}”?`}
        action="Delete project"
        busy={remove.isPending}
        onClose={() => setAsking(false)}
        onConfirm={() => remove.mutate()}
      >
        Its {project.openTasks + project.doneTasks} tasks go along, with their comments, its items,
        posts, sections and labels, for all its members. It waits among your deleted projects, from
        where you can restore it.
      </ConfirmDialog>
    </Panel>
  )
}

function useArchive(project: ProjectView) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (archived: boolean) =>
      changeMerged({
        base: project,
        change: { archived },
        write: (change, version) => changeProject(project.id, change, version),
        read: () => readProject(project.id),
      }),
    onSuccess: (saved) => {
      queryClient.setQueryData(projectQuery(project.id).queryKey, saved)
      void queryClient.invalidateQueries({ queryKey: projectsKey })
      toast(saved.archived ? 'The project is archived.' : 'The project is back.')
    },
    onError: () =>
      queryClient.invalidateQueries({ queryKey: projectQuery(project.id).queryKey, exact: true }),
  })
}

function useRemove(project: ProjectView) {
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const restore = useMutation({
    mutationFn: () => restoreProject(project.id),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: projectsKey }),
  })
  return useMutation({
    mutationFn: () => deleteProject(project.id),
    onSuccess: async () => {
      await navigate({ to: '/projects' })
      queryClient.removeQueries({ queryKey: projectQuery(project.id).queryKey })
      void queryClient.invalidateQueries({ queryKey: projectsKey })
      toast(`“${legible(project.name)}” is deleted.`, {
        label: 'Undo',
        run: () => restore.mutateAsync(),
      })
    },
  })
}
