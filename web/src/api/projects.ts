import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { call } from './client'
import { changeMerged } from './merged'
import type {
  LabelDraft,
  LabelView,
  MemberView,
  Page,
  ProjectChange,
  ProjectDraft,
  ProjectView,
  Role,
  SectionView,
} from './types'

export type ProjectFilter = { text?: string | undefined; archived?: boolean; sort?: string }

export const projectsKey = ['projects'] as const

export const projectsQuery = (filter: ProjectFilter = {}) =>
  infiniteQueryOptions({
    queryKey: [...projectsKey, filter],
    queryFn: ({ pageParam, signal }) =>
      call<Page<ProjectView>>('GET', '/api/projects', {
        query: {
          text: filter.text,
          archived: filter.archived ?? false,
          sort: filter.sort ?? 'name',
          limit: 50,
          cursor: pageParam,
        },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })

export const readProject = (id: string, signal?: AbortSignal) =>
  call<ProjectView>('GET', '/api/projects/{id}', { path: { id }, signal })

export const projectQuery = (id: string) =>
  queryOptions({
    queryKey: ['project', id],
    queryFn: ({ signal }) => readProject(id, signal),
  })

export const sectionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['project', id, 'sections'],
    queryFn: ({ signal }) => all<SectionView>('/api/projects/{id}/sections', id, signal),
  })

export const labelsQuery = (id: string) =>
  queryOptions({
    queryKey: ['project', id, 'labels'],
    queryFn: ({ signal }) => all<LabelView>('/api/projects/{id}/labels', id, signal),
  })

export const membersQuery = (id: string) =>
  queryOptions({
    queryKey: ['project', id, 'members'],
    queryFn: ({ signal }) => all<MemberView>('/api/projects/{id}/members', id, signal),
  })

type Part =
  | '/api/projects/{id}/sections'
  | '/api/projects/{id}/labels'
  | '/api/projects/{id}/members'

/** A project's parts are few; the server may still answer them in pages. */
async function all<T>(path: Part, id: string, signal?: AbortSignal): Promise<T[]> {
  const items: T[] = []
  let cursor: string | null = null
  do {
    const page: Page<T> = await call<Page<T>>('GET', path, {
      path: { id },
      query: { cursor },
      signal,
    })
    items.push(...page.items)
    cursor = page.nextCursor ?? null
  } while (cursor)
  return items
}

/** What is listed no more is deleted: the write then says so. */
const one = <T extends { id: string }>(all: T[], known: T) =>
  all.find(({ id }) => id === known.id) ?? known

export const createProject = (draft: ProjectDraft, key?: string) =>
  call<ProjectView>('POST', '/api/projects', { body: draft, key })

export const changeProject = (id: string, change: ProjectChange, version: number) =>
  call<ProjectView>('PATCH', '/api/projects/{id}', { path: { id }, body: change, version })

export const deleteProject = (id: string) =>
  call<void>('DELETE', '/api/projects/{id}', { path: { id } })

export const restoreProject = (id: string) =>
  call<ProjectView>('PUT', '/api/projects/{id}/restoration', { path: { id } })

export const putMember = (id: string, userId: string, role: Role) =>
  call<MemberView>('PUT', '/api/projects/{id}/members/{userId}', {
    path: { id, userId },
    body: { role },
  })

export const removeMember = (id: string, userId: string) =>
  call<void>('DELETE', '/api/projects/{id}/members/{userId}', { path: { id, userId } })

export const createSection = (id: string, name: string, key?: string) =>
  call<SectionView>('POST', '/api/projects/{id}/sections', { path: { id }, body: { name }, key })

export const changeSection = (
  id: string,
  section: SectionView,
  change: { name?: string; archived?: boolean },
) =>
  changeMerged({
    base: section,
    change,
    write: (body, version) =>
      call<SectionView>('PATCH', '/api/projects/{id}/sections/{sectionId}', {
        path: { id, sectionId: section.id },
        body,
        version,
      }),
    read: async () => one(await all<SectionView>('/api/projects/{id}/sections', id), section),
  })

export const deleteSection = (id: string, sectionId: string) =>
  call<void>('DELETE', '/api/projects/{id}/sections/{sectionId}', { path: { id, sectionId } })

export const moveSection = (id: string, sectionId: string, after: string | null) =>
  call<SectionView>('PUT', '/api/projects/{id}/sections/{sectionId}/position', {
    path: { id, sectionId },
    body: { after },
  })

export const createLabel = (id: string, draft: LabelDraft, key?: string) =>
  call<LabelView>('POST', '/api/projects/{id}/labels', { path: { id }, body: draft, key })

export const changeLabel = (id: string, label: LabelView, change: Partial<LabelDraft>) =>
  changeMerged({
    base: label,
    change,
    write: (body, version) =>
      call<LabelView>('PATCH', '/api/projects/{id}/labels/{labelId}', {
        path: { id, labelId: label.id },
        body,
        version,
      }),
    read: async () => one(await all<LabelView>('/api/projects/{id}/labels', id), label),
  })

export const deleteLabel = (id: string, labelId: string) =>
  call<void>('DELETE', '/api/projects/{id}/labels/{labelId}', { path: { id, labelId } })
