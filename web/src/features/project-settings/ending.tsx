import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { itemSumsQuery } from '@/api/items'
import { listed } from '@/api/list-cache'
import { changeMerged } from '@/api/merged'
import { postsQuery } from '@/api/posts'
import {
  changeProject,
  deleteProject,
  membersQuery,
  projectQuery,
  projectsKey,
  readProject,
  restoreProject,
} from '@/api/projects'
import type { ProjectView } from '@/api/types'
import { and } from '@/ui/and'
import { Button } from '@/ui/button'
import { ConfirmDialog } from '@/ui/confirm-dialog'
import { hasService } from '@/ui/has-service'
import { legible } from '@/ui/legible'
import { Panel } from '@/ui/panel'
import { taskCounts } from '@/ui/task-counts'
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
        <GoesAlong project={project} />
      </ConfirmDialog>
    </Panel>
  )
}

/** Says how much it is, as far as it is known. */
function GoesAlong({ project }: { project: ProjectView }) {
  const { data: members } = useQuery(membersQuery(project.id))
  const { data: sums } = useQuery(itemSumsQuery(project.id))
  const posts = useInfiniteQuery({
    ...postsQuery({ project: project.id }),
    enabled: hasService('posts'),
  })
  const { all: tasks, isCapped } = taskCounts(project)
  const items = sums?.items.reduce((all, sum) => all + sum.items, 0)
  const written = hasService('posts') ? posts.data && listed(posts.data).length : 0
  const more = posts.hasNextPage ? 'more than ' : ''
  const parts = [
    tasks > 0 &&
      `${isCapped ? 'at least ' : ''}${counted(tasks, 'task')} and ${tasks === 1 ? 'its' : 'their'} comments`,
    items !== 0 && (items === undefined ? 'items' : counted(items, 'item')),
    written !== 0 && (written === undefined ? 'posts' : more + counted(written, 'post')),
    'sections',
    'labels',
  ].filter((part) => part !== false)
  const others = (members?.length ?? 1) - 1
  const whom = others > 0 ? `, for you and ${counted(others, 'other member')}` : ''
  return (
    <>
      This deletes the project with its {and(parts)}
      {whom}. It waits among your deleted projects, from where you can restore it.
    </>
  )
}

const counted = (number: number, noun: string) =>
  `${number.toLocaleString()} ${noun}${number === 1 ? '' : 's'}`

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
