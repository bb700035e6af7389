import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { listed } from '@/api/list-cache'
import { labelsQuery, membersQuery, sectionsQuery } from '@/api/projects'
import { type TaskFilter, tasksQuery } from '@/api/tasks'
import type { LabelView, SectionView, User } from '@/api/types'
import { namesQuery } from '@/api/users'
import type { TaskSearch } from './task-search'

/** Up to here a project is read at once, so that groups and counts are whole; beyond, on scrolling. */
const readAtOnce = 1_000

export function filterOf(project: string, search: TaskSearch): TaskFilter {
  const { text, status, label, assignee, sort, view } = search
  return {
    project,
    topLevel: true,
    sort: (view !== 'board' && sort) || 'position',
    ...(text ? { text } : {}),
    ...(label ? { label } : {}),
    ...(assignee ? { assignee } : {}),
    archived: status === 'archived',
    ...(status === 'open' || status === 'done' ? { status } : {}),
  }
}

export function useTasks(filter: TaskFilter) {
  const query = useInfiniteQuery(tasksQuery(filter))
  const { data, hasNextPage, isFetching, isError, fetchNextPage } = query
  const tasks = useMemo(() => listed(data), [data])
  const readOn =
    hasNextPage &&
    !isFetching &&
    !isError &&
    filter.sort === 'position' &&
    tasks.length < readAtOnce
  useEffect(() => {
    if (readOn) void fetchNextPage({ cancelRefetch: false })
  }, [readOn, fetchNextPage])
  return { ...query, tasks }
}

export type ProjectParts = {
  sections: SectionView[]
  labels: LabelView[]
  users: User[]
  /** What to call someone who is not among the people, or not yet. */
  unnamed: string
}

const none: never[] = []

/** What tasks point at by id. */
export function useProjectParts(projectId: string): ProjectParts {
  const { data: sections = none } = useQuery(sectionsQuery(projectId))
  const { data: labels = none } = useQuery(labelsQuery(projectId))
  const { data: members = none, isError: noMembers } = useQuery(membersQuery(projectId))
  const { data: names, isError: noNames } = useQuery(
    namesQuery(members.map(({ userId }) => userId)),
  )
  const users = names ?? none
  const unnamed = names ? 'Former member' : noMembers || noNames ? 'Unknown' : '…'
  return useMemo(() => ({ sections, labels, users, unnamed }), [sections, labels, users, unnamed])
}
