import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from './client'
import type { QueryOf } from './operation'
import type { PostChange, PostDraft, PostState } from './types'

/** What is written about: a project, a task, or another post. */
export type Subject = { project: string } | { task: string } | { parent: string }

/** Only those that someone wrote, or that hold words; these are also found below what is listed. */
export type PostFilter = Pick<QueryOf<'GET', '/api/posts'>, 'text' | 'author'>

export const postsKey = ['posts'] as const
export const postListKey = (subject: Subject, state: PostState = 'published') =>
  [...postsKey, subject, state] as const

/**
 * The newest first wherever they are: of a long talk the last words come with the first page. What
 * reads from its beginning is turned round where it is shown.
 */
export const postsQuery = (
  subject: Subject,
  state: PostState = 'published',
  { text, author }: PostFilter = {},
) =>
  infiniteQueryOptions({
    queryKey: [...postListKey(subject, state), { text, author }],
    queryFn: ({ pageParam, signal }) =>
      call('GET', '/api/posts', {
        query: {
          ...subject,
          ...{ state, text, author },
          sort: '-publishedAt',
          limit: 30,
          cursor: pageParam,
        },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    // Others talk, too: what is known is shown at once, and read again whenever one comes back to it.
    staleTime: 0,
  })

/**
 * Those in the trash, the latest first: one's own, and for an owner those of all. Comments and replies
 * are listed only with what they are about.
 */
export const deletedPostsQuery = (subject: Subject, state: PostState = 'published') =>
  infiniteQueryOptions({
    queryKey: [...postsKey, 'deleted', subject, state],
    queryFn: ({ pageParam, signal }) =>
      call('GET', '/api/posts', {
        query: { ...subject, state, deleted: true, sort: '-updatedAt', cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    staleTime: 0,
  })

/** What Markdown becomes. Who types on asks something else, and the answer to before is dropped. */
export const renderingQuery = (projectId: string, body: string) =>
  queryOptions({
    queryKey: ['rendering', projectId, body],
    queryFn: ({ signal }) =>
      call('POST', '/api/posts/renderings', { body: { projectId, body }, signal }),
    enabled: body.trim() !== '',
    staleTime: 60_000,
    gcTime: 60_000,
    placeholderData: keepPreviousData,
  })

export const versionsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: [...postKey(id), 'versions'],
    queryFn: ({ pageParam, signal }) =>
      call('GET', '/api/posts/{id}/versions', {
        path: { id },
        query: { cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    staleTime: 0,
  })

export const readPost = (id: string, signal?: AbortSignal) =>
  call('GET', '/api/posts/{id}', { path: { id }, signal })

export const postKey = (id: string) => ['post', id] as const

export const postQuery = (id: string) =>
  queryOptions({
    queryKey: postKey(id),
    queryFn: ({ signal }) => readPost(id, signal),
    staleTime: 0,
  })

export const createPost = (draft: PostDraft, key: string) =>
  call('POST', '/api/posts', { body: draft, key })

export const changePost = (id: string, change: PostChange, version: number) =>
  call('PATCH', '/api/posts/{id}', { path: { id }, body: change, version })

export const publishPost = (id: string, version: number) =>
  call('PUT', '/api/posts/{id}/publication', { path: { id }, version })

export const deletePost = (id: string) => call('DELETE', '/api/posts/{id}', { path: { id } })

export const restorePost = (id: string) =>
  call('PUT', '/api/posts/{id}/restoration', { path: { id } })
