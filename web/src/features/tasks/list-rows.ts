import type { SectionView, TaskView } from '@/api/types'

export type ListRow =
  | { kind: 'section'; id: string; name: string; count: number }
  | { kind: 'task'; id: string; task: TaskView }

export type TaskGroup = { id: string | null; name: string; archived: boolean; tasks: TaskView[] }

/**
 * Tasks by section in board order. Those without a section come first and only when there are any;
 * an archived section is seen only while one looks at what is archived.
 */
export function groupsOf(
  tasks: TaskView[],
  sections: SectionView[],
  archived: boolean,
): TaskGroup[] {
  const bySection = new Map<string | null, TaskView[]>()
  for (const task of tasks) {
    const group = bySection.get(task.sectionId)
    if (group) group.push(task)
    else bySection.set(task.sectionId, [task])
  }
  const homeless = bySection.get(null) ?? []
  const groups: TaskGroup[] = sections
    .filter((section) => archived || !section.archived)
    .map((section) => ({ ...section, tasks: bySection.get(section.id) ?? [] }))
  return homeless.length > 0
    ? [{ id: null, name: 'No section', archived: false, tasks: homeless }, ...groups]
    : groups
}

export function rowsOf(
  tasks: TaskView[],
  sections: SectionView[],
  { grouped, archived }: { grouped: boolean; archived: boolean },
): ListRow[] {
  const rowOf = (task: TaskView): ListRow => ({ kind: 'task', id: task.id, task })
  if (!grouped) {
    const hidden = new Set(
      archived ? [] : sections.filter((one) => one.archived).map(({ id }) => id),
    )
    return tasks.filter(({ sectionId }) => !hidden.has(sectionId ?? '')).map(rowOf)
  }
  return groupsOf(tasks, sections, archived)
    .filter((group) => group.tasks.length > 0)
    .flatMap(({ id, name, tasks: mine }): ListRow[] => [
      { kind: 'section', id: `section-${id}`, name, count: mine.length },
      ...mine.map(rowOf),
    ])
}

/** How many there are, as far as is known. */
export function countOf(count: number, isPartial: boolean): string {
  return `${count.toLocaleString()}${isPartial && count > 0 ? '+' : ''}`
}
