import type { QueryClient } from '@tanstack/react-query'
import { isProblem } from '@/api/api-problem'
import { changeLists, inPages, type PagedList } from '@/api/list-cache'
import { isOwnAndKnown } from '@/api/live-copies'
import type { Change } from '@/api/live-events'
import { areChangesHeld, isWriting } from '@/api/live-hold'
import { projectQuery, projectsKey } from '@/api/projects'
import { readTask, type TaskFilter, taskKey, taskListsKey } from '@/api/tasks'
import type { TaskView } from '@/api/types'
import { beforeGlide } from './glide'
import { patchTask } from './task-cache'

/** More than these are read with their lists. */
const maxSingleReads = 8

const countChanges = /\.(created|deleted|restored|purged|completed|reopened|snapshot)$/

/** The filters that can be judged on this side; lists with others, or in another order, are read anew. */
const judged = ['project', 'topLevel', 'parent', 'label', 'assignee', 'archived', 'status', 'sort']

/**
 * Shows what others did to the tasks of a project, also in what is open beside their list. Answers
 * those that have to wait, because meanwhile one has begun to change something oneself.
 */
export async function followTasks(
  client: QueryClient,
  projectId: string,
  changes: Change[],
  me: string | undefined,
): Promise<Change[]> {
  const lists = { queryKey: taskListsKey(projectId) }
  const isShown = ({ queryKey: [kind, id] }: { queryKey: readonly unknown[] }) =>
    (kind === 'tasks' && id === projectId) || kind === 'task'
  const news = changes.filter(
    (change) => !isOwnAndKnown(client, change, me, { type: 'active', predicate: isShown }),
  )
  if (news.length === 0) return news
  const refetchType = document.hidden ? 'none' : 'active'
  if (news.some(({ type }) => countChanges.test(type))) {
    const { queryKey } = projectQuery(projectId)
    void client.invalidateQueries({ queryKey, exact: true, refetchType })
    void client.invalidateQueries({ queryKey: projectsKey, refetchType })
  }
  const ids = [...new Set(news.map(({ id }) => id))]
  const isListShown = client.getQueryCache().findAll({ ...lists, type: 'active' }).length > 0
  if (!isListShown || ids.length > maxSingleReads || document.hidden) {
    readAnew(client, projectId, ids)
    return []
  }
  try {
    const tasks = await Promise.all(ids.map((id) => orNull(readTask(id))))
    if (areChangesHeld() || isWriting(client)) return news
    beforeGlide(ids)
    for (const [at, id] of ids.entries()) show(client, projectId, id, tasks[at] ?? null)
    await showParents(client, tasks)
  } catch {
    readAnew(client, projectId, ids)
  }
  return []
}

/** What is not shown is read when it is. */
function readAnew(client: QueryClient, projectId: string, ids: string[]) {
  const refetchType = document.hidden ? 'none' : 'active'
  void client.invalidateQueries({ queryKey: taskListsKey(projectId), refetchType })
  for (const id of ids) void client.invalidateQueries({ queryKey: taskKey(id), refetchType })
}

async function orNull(reading: Promise<TaskView>): Promise<TaskView | null> {
  try {
    return await reading
  } catch (error) {
    if (isProblem(error, 'not-found')) return null
    throw error
  }
}

/** Null: it is gone for good, or not for this reader any more. */
function show(client: QueryClient, projectId: string, id: string, task: TaskView | null) {
  for (const query of client.getQueryCache().findAll({ queryKey: taskListsKey(projectId) })) {
    const { queryKey } = query
    const filter = queryKey.at(-1) as TaskFilter
    if (task && !isJudged(filter)) void client.invalidateQueries({ queryKey, exact: true })
    else placeIn(client, queryKey, id, task && belongs(task, filter) ? task : null)
  }
  if (task)
    client.setQueryData<TaskView>(
      taskKey(id),
      (known) => known && (known.version > task.version ? known : task),
    )
  else void client.invalidateQueries({ queryKey: taskKey(id) })
}

const isJudged = (filter: TaskFilter) =>
  (filter.sort ?? 'position') === 'position' &&
  Object.keys(filter).every((name) => judged.includes(name))

function belongs(task: TaskView, filter: TaskFilter): boolean {
  const { topLevel, parent, label, assignee, archived, status } = filter
  return (
    task.deletedAt === null &&
    (topLevel === undefined || topLevel === (task.parentId === null)) &&
    (parent === undefined || parent === task.parentId) &&
    (label === undefined || task.labels.some((one) => one === label)) &&
    (assignee === undefined || task.assignees.some((one) => one === assignee)) &&
    (archived === undefined || archived === task.archived) &&
    (status === undefined || status === task.status)
  )
}

/** Puts a task where its position says, or takes it out where it does not belong any more. */
function placeIn(
  client: QueryClient,
  queryKey: readonly unknown[],
  id: string,
  task: TaskView | null,
) {
  const list = client.getQueryData<PagedList<TaskView>>(queryKey)
  const all = inPages(list)
  const known = all.find((one) => one.id === id)
  if (!list || (task && known && known.version > task.version)) return
  if (!(task || known)) return
  const next =
    task &&
    all.find(
      (one) => one.id !== id && one.sectionId === task.sectionId && one.position > task.position,
    )
  const isWhole = list.pages.at(-1)?.nextCursor === null
  changeLists<TaskView>(client, { queryKey, exact: true }, (items, { isLast }) => {
    const rest = items
      .filter((one) => one.id !== id)
      .flatMap((one) => (task && one.id === next?.id ? [task, one] : [one]))
    // What comes after all that was read comes with the rest.
    return task && !next && isLast && isWhole ? [...rest, task] : rest
  })
}

/** A task counts its sub-tasks, and does not change with them. */
async function showParents(client: QueryClient, tasks: (TaskView | null)[]) {
  const ids = new Set(tasks.flatMap((task) => task?.parentId ?? []))
  for (const id of ids) {
    const parent = await orNull(readTask(id))
    if (parent) patchTask(client, parent, parent)
  }
}
