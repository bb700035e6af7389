import type { QueryClient } from '@tanstack/react-query'
import { changeLists, inLists } from '@/api/list-cache'
import { projectQuery, projectsKey } from '@/api/projects'
import { readTask, type TaskFilter, taskKey, taskListsKey } from '@/api/tasks'
import type { TaskView } from '@/api/types'

/** The lists of a project's tasks, each with a filter of its own. */
const listsOf = (projectId: string) => ({ queryKey: taskListsKey(projectId) })

export function findTask(client: QueryClient, projectId: string, id: string): TaskView | undefined {
  return (
    client.getQueryData<TaskView>(taskKey(id)) ??
    inLists<TaskView>(client, listsOf(projectId)).find((task) => task.id === id)
  )
}

/** Writes a few fields of one task wherever it is shown. */
export function patchTask(
  client: QueryClient,
  { id, projectId }: Pick<TaskView, 'id' | 'projectId'>,
  change: Partial<TaskView>,
) {
  changeLists<TaskView>(client, listsOf(projectId), (items) =>
    items.some((task) => task.id === id)
      ? items.map((task) => (task.id === id ? { ...task, ...change } : task))
      : items,
  )
  client.setQueryData<TaskView>(taskKey(id), (task) => task && { ...task, ...change })
}

/** The server's word on a task, and on the counts it goes into. */
export function storeTask(client: QueryClient, task: TaskView) {
  patchTask(client, task, task)
  refreshCounts(client, task)
}

/** Only the server knows the place of a task that is back, and what came back with it. */
export function storeRestored(client: QueryClient, task: TaskView) {
  storeTask(client, task)
  void client.invalidateQueries({ queryKey: taskListsKey(task.projectId) })
}

export function refreshCounts(client: QueryClient, { projectId, parentId }: TaskView) {
  void client.invalidateQueries({ queryKey: projectQuery(projectId).queryKey, exact: true })
  void client.invalidateQueries({ queryKey: projectsKey })
  if (parentId)
    readTask(parentId).then(
      (parent) => patchTask(client, parent, parent),
      // The parent's count is a courtesy; the next reading of the list sets it right.
      () => undefined,
    )
}

/** Shows a new task at the end of the lists it belongs to. */
export function appendTask(client: QueryClient, task: TaskView) {
  const isIn = ({ deleted, parent = null }: TaskFilter) => !deleted && parent === task.parentId
  const lists = {
    ...listsOf(task.projectId),
    predicate: ({ queryKey }: { queryKey: readonly unknown[] }) =>
      isIn(queryKey.at(-1) as TaskFilter),
  }
  changeLists<TaskView>(client, lists, (items, { isLast }) => (isLast ? [...items, task] : items))
  refreshCounts(client, task)
}

export function removeTask(client: QueryClient, { id, projectId }: TaskView) {
  changeLists<TaskView>(client, listsOf(projectId), (items) =>
    items.filter((task) => task.id !== id),
  )
}

/** A task that was moved to the trash elsewhere leaves the lists; where it is open, it says so. */
export async function showTrashed(client: QueryClient, task: TaskView) {
  removeTask(client, task)
  refreshCounts(client, task)
  await client.invalidateQueries({ queryKey: taskKey(task.id) })
}

/** Puts a task into a section behind another task, or in front of all others there. */
export function placeTask(
  client: QueryClient,
  { id, projectId }: Pick<TaskView, 'id' | 'projectId'>,
  sectionId: string | null,
  after: string | null,
) {
  changeLists<TaskView>(client, listsOf(projectId), (items, { isFirst, list }) => {
    const moved = list.find((task) => task.id === id)
    if (!moved) return items
    const placed = { ...moved, sectionId }
    const others = items
      .filter((task) => task.id !== id)
      .flatMap((task) => (task.id === after ? [task, placed] : [task]))
    return after === null && isFirst ? [placed, ...others] : others
  })
  client.setQueryData<TaskView>(taskKey(id), (task) => task && { ...task, sectionId })
}
