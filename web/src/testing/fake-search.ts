import type { SearchGroup, SearchHit, SearchPart } from '../api/types'
import { type Call, projectFor, type Route } from './fake-call.ts'

/** Knows as much of words as the pages need: each is sought anywhere in a text, whatever its case. */
function parts(text: string, words: string[]): SearchPart[] {
  if (text === '') return []
  const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return text
    .split(new RegExp(`(${escaped.join('|')})`, 'giu'))
    .filter((part) => part !== '')
    .map((part) => ({ text: part, match: words.includes(part.toLowerCase()) }))
}

function search(call: Call) {
  const { tarn, me, query } = call
  const words = (query.get('text') ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  const limit = Number(query.get('limit') ?? 5)
  const within = query.get('in')
  if (within) projectFor(call, within)
  const projects = tarn.projects.filter(
    (one) => !one.deletedAt && one.members.some(({ userId }) => userId === me.id),
  )
  const names = new Map(projects.map(({ id, name }) => [id, name]))
  const isIn = ({ projectId }: { projectId: string }) =>
    within ? projectId === within : names.has(projectId)
  const group = <One extends { id: string }>(
    all: One[],
    texts: (one: One) => [title: string, body: string],
    more: (one: One) => Partial<SearchHit>,
  ): SearchGroup => ({
    items: all
      .filter((one) => words.every((word) => texts(one).join(' ').toLowerCase().includes(word)))
      .slice(0, words.length > 0 ? limit : 0)
      .map((one) => ({
        id: one.id,
        projectId: null,
        projectName: null,
        taskId: null,
        parentId: null,
        authorId: null,
        status: null,
        archived: null,
        title: parts(texts(one)[0], words),
        excerpt: parts(texts(one)[1], words),
        ...more(one),
      })),
    truncated: false,
  })
  const place = ({ projectId }: { projectId: string }) => ({
    projectId,
    projectName: names.get(projectId) ?? '',
  })
  const tasks = tarn.tasks.filter((one) => isIn(one) && !one.deletedAt)
  const posts = tarn.posts.filter((one) => isIn(one) && !one.deletedAt && one.state === 'published')
  return {
    body: {
      projects: group(
        within ? [] : projects,
        ({ name, description }) => [name, description],
        ({ id, name, archived }) => ({ projectId: id, projectName: name, archived }),
      ),
      tasks: group(
        tasks,
        ({ title, description }) => [title, description],
        (task) => ({
          ...place(task),
          parentId: task.parentId,
          status: task.status,
          archived: task.archived,
        }),
      ),
      posts: tarn.searchedWithout.includes('posts')
        ? null
        : group(
            posts,
            ({ title, body }) => [title ?? '', body],
            (post) => ({
              ...place(post),
              taskId: post.taskId,
              parentId: post.parentId,
              authorId: post.authorId,
            }),
          ),
      users: within
        ? null
        : group(
            tarn.users,
            ({ name }) => [name, ''],
            () => ({}),
          ),
      unavailable: tarn.searchedWithout,
    },
  }
}

export const searchRoutes: Route[] = [{ method: 'GET', path: '/api/search', run: search }]
