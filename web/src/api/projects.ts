import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { call } from './client'
import { changeMerged } from './merged'
import type { QueryOf } from './operation'
import type { LabelDraft, LabelView, ProjectChange, ProjectDraft, Role, SectionView } from './types'

export type ProjectFilter = Omit<QueryOf<'GET', '/api/projects'>, 'limit' | 'cursor'>

export const projectsKey = ['projects'] as const

export const projectsQuery = (filter: ProjectFilter = {}) =>
  infiniteQueryOptions({
    queryKey: [...projectsKey, filter],
    queryFn: ({ pageParam, signal }) =>
      call('GET', '/api/projects', {
        query: {
          text: filter.text,
          archived: filter.deleted ? undefined : (filter.archived ?? false),
          deleted: filter.deleted,
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
  call('GET', '/api/projects/{id}', { path: { id }, signal })

export const projectQuery = (id: string) =>
  queryOptions({
    queryKey: ['project', id],
    queryFn: ({ signal }) => readProject(id, signal),
  })

const readSections = async (id: string, signal?: AbortSignal) =>
  (await call('GET', '/api/projects/{id}/sections', { path: { id }, signal })).items

const readLabels = async (id: string, signal?: AbortSignal) =>
  (await call('GET', '/api/projects/{id}/labels', { path: { id }, signal })).items

const readMembers = async (id: string, signal?: AbortSignal) =>
  (await call('GET', '/api/projects/{id}/members', { path: { id }, signal })).items

/** A project's parts are few: they are answered in one page. */
export const sectionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['project', id, 'sections'],
    queryFn: ({ signal }) => readSections(id, signal),
  })

export const labelsQuery = (id: string) =>
  queryOptions({
    queryKey: ['project', id, 'labels'],
    queryFn: ({ signal }) => readLabels(id, signal),
  })

export const membersQuery = (id: string) =>
  queryOptions({
    queryKey: ['project', id, 'members'],
    queryFn: ({ signal }) => readMembers(id, signal),
  })

/** What is listed no more is deleted: the write then says so. */
const one = <T extends { id: string }>(all: T[], known: T) =>
  all.find(({ id }) => id === known.id) ?? known

export const createProject = (draft: ProjectDraft, key: string) =>
  call('POST', '/api/projects', { body: draft, key })

export const changeProject = (id: string, change: ProjectChange, version: number) =>
  call('PATCH', '/api/projects/{id}', { path: { id }, body: change, version })

export const deleteProject = (id: string) => call('DELETE', '/api/projects/{id}', { path: { id } })

export const restoreProject = (id: string) =>
  call('PUT', '/api/projects/{id}/restoration', { path: { id } })

export const putMember = (id: string, userId: string, role: Role) =>
  call('PUT', '/api/projects/{id}/members/{userId}', {
    path: { id, userId },
    body: { role },
  })

export const removeMember = (id: string, userId: string) =>
  call('DELETE', '/api/projects/{id}/members/{userId}', { path: { id, userId } })

/** With the role, and with the assignments to tasks that still are there. */
export const restoreMember = (id: string, userId: string) =>
  call('PUT', '/api/projects/{id}/members/{userId}/restoration', { path: { id, userId } })

export const createSection = (id: string, name: string, key: string) =>
  call('POST', '/api/projects/{id}/sections', { path: { id }, body: { name }, key })

export const changeSection = (
  id: string,
  section: SectionView,
  change: { name?: string; archived?: boolean },
) =>
  changeMerged({
    base: section,
    change,
    write: (body, version) =>
      call('PATCH', '/api/projects/{id}/sections/{sectionId}', {
        path: { id, sectionId: section.id },
        body,
        version,
      }),
    read: async () => one(await readSections(id), section),
  })

export const deleteSection = (id: string, sectionId: string) =>
  call('DELETE', '/api/projects/{id}/sections/{sectionId}', { path: { id, sectionId } })

export const restoreSection = (id: string, sectionId: string) =>
  call('PUT', '/api/projects/{id}/sections/{sectionId}/restoration', { path: { id, sectionId } })

export const moveSection = (id: string, sectionId: string, after: string | null) =>
  call('PUT', '/api/projects/{id}/sections/{sectionId}/position', {
    path: { id, sectionId },
    body: { after },
  })

export const createLabel = (id: string, draft: LabelDraft, key: string) =>
  call('POST', '/api/projects/{id}/labels', { path: { id }, body: draft, key })

export const changeLabel = (id: string, label: LabelView, change: Partial<LabelDraft>) =>
  changeMerged({
    base: label,
    change,
    write: (body, version) =>
      call('PATCH', '/api/projects/{id}/labels/{labelId}', {
        path: { id, labelId: label.id },
        body,
        version,
      }),
    read: async () => one(await readLabels(id), label),
  })

export const deleteLabel = (id: string, labelId: string) =>
  call('DELETE', '/api/projects/{id}/labels/{labelId}', { path: { id, labelId } })

export const restoreLabel = (id: string, labelId: string) =>
  call('PUT', '/api/projects/{id}/labels/{labelId}/restoration', { path: { id, labelId } })
