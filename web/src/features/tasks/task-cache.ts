import type { InfiniteData, QueryClient } from '@tanstack/react-query'
import { projectQuery, projectsKey } from '@/api/projects'
import type { TaskFilter } from '@/api/tasks'
import { readTask } from '@/api/tasks'
import type { TaskPage, TaskView } from '@/api/types'

/**
 * What is known of tasks on this side: one list per filter, and the task that is open. Changes are
 * written into all of them, because reading a long board again for one ticked box would be slow.
 */
export type TaskList = InfiniteData<TaskPage, unknown>

export const listsKey = (projectId: string) => ['tasks', projectId] as const
export const listKey = (filter: TaskFilter) => [...listsKey(filter.project), filter] as const
export const taskKey = (id: string) => ['task', id] as const

export function flatten(list: TaskList | undefined): TaskView[] {
  const byId = new Map<string, TaskView>()
  for (const page of list?.pages ?? []) for (const task of page.items) byId.set(task.id, task)
  return [...byId.values()]
}

export function findTask(client: QueryClient, projectId: string, id: string): TaskView | undefined {
  const open = client.getQueryData<TaskView>(taskKey(id))
  if (open) return open
  for (const [, list] of client.getQueriesData<TaskList>({ queryKey: listsKey(projectId) }))
    for (const page of list?.pages ?? []) {
      const found = page.items.find((task) => task.id === id)
      if (found) return found
    }
  return undefined
}

/** Writes a few fields of one task wherever it is shown. */
export function patchTask(
  client: QueryClient,
  { id, projectId }: Pick<TaskView, 'id' | 'projectId'>,
  change: Partial<TaskView>,
) {
  updateLists(client, projectId, (items) =>
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
  void client.invalidateQueries({ queryKey: listsKey(task.projectId) })
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
  for (const [key, list] of client.getQueriesData<TaskList>({
    queryKey: listsKey(task.projectId),
  })) {
    const filter = key[2] as TaskFilter
    if (!list || filter.deleted || (filter.parent ?? null) !== task.parentId) continue
    const pages = list.pages.map((page, index) =>
      index === list.pages.length - 1 ? { ...page, items: [...page.items, task] } : page,
    )
    client.setQueryData<TaskList>(key, { ...list, pages })
  }
  refreshCounts(client, task)
}

export function removeTask(client: QueryClient, { id, projectId }: TaskView) {
  updateLists(client, projectId, (items) => items.filter((task) => task.id !== id))
}

/** Puts a task into a section behind another task, or in front of all others there. */
export function placeTask(
  client: QueryClient,
  { id, projectId }: Pick<TaskView, 'id' | 'projectId'>,
  sectionId: string | null,
  after: string | null,
) {
  for (const [key, list] of client.getQueriesData<TaskList>({ queryKey: listsKey(projectId) })) {
    const moved = list?.pages.flatMap((page) => page.items).find((task) => task.id === id)
    if (!(list && moved)) continue
    const placed = { ...moved, sectionId }
    const [first, ...rest] = list.pages.map((page) => ({
      ...page,
      items: page.items
        .filter((task) => task.id !== id)
        .flatMap((task) => (task.id === after ? [task, placed] : [task])),
    }))
    if (!first) continue
    const pages =
      after === null ? [{ ...first, items: [placed, ...first.items] }, ...rest] : [first, ...rest]
    client.setQueryData<TaskList>(key, { ...list, pages })
  }
  client.setQueryData<TaskView>(taskKey(id), (task) => task && { ...task, sectionId })
}

function updateLists(
  client: QueryClient,
  projectId: string,
  update: (items: TaskView[]) => TaskView[],
) {
  client.setQueriesData<TaskList>(
    { queryKey: listsKey(projectId) },
    (list) =>
      list && {
        ...list,
        pages: list.pages.map((page) => {
          const items = update(page.items)
          return items === page.items ? page : { ...page, items }
        }),
      },
  )
}
