export const taskSorts = {
  due: 'Due date',
  priority: 'Priority',
  title: 'Title',
  '-createdAt': 'Newest first',
  '-updatedAt': 'Recently changed',
} as const
export const taskStates = { open: 'Open', done: 'Done', archived: 'Archived' } as const

export type TaskSort = keyof typeof taskSorts
export type TaskState = keyof typeof taskStates

/** What of a project one looks at, and how: all of it in the URL, so that a view can be shared. */
export type TaskSearch = {
  view?: 'board' | undefined
  text?: string | undefined
  status?: TaskState | undefined
  label?: string | undefined
  assignee?: string | undefined
  sort?: TaskSort | undefined
  task?: string | undefined
}

export function taskSearch(search: Record<string, unknown>): TaskSearch {
  const { view, status, sort } = search
  const found: TaskSearch = {}
  if (view === 'board') found.view = view
  if (isKey(taskStates, status)) found.status = status
  if (isKey(taskSorts, sort)) found.sort = sort
  for (const name of ['text', 'label', 'assignee', 'task'] as const) {
    const value = search[name]
    if (typeof value === 'string' && value) found[name] = value
  }
  return found
}

export function isFiltered({ text, status, label, assignee }: TaskSearch): boolean {
  return Boolean(text || status || label || assignee)
}

function isKey<T extends object>(table: T, key: unknown): key is keyof T {
  return typeof key === 'string' && Object.hasOwn(table, key)
}
