import type { NavigateOptions } from '@tanstack/react-router'
import type { ProjectView, SearchHit, SearchPart, SearchResults, TaskView } from '@/api/types'
import { legible } from '@/ui/legible'

/** Where an option leads: to a page, to what a user has to do, or to the help. */
export type Target = { page: NavigateOptions } | { user: Person } | 'help'

export type Person = { id: string; name: string }

/** What one can choose; `about` says where it is. */
export type Option = { id: string; parts: SearchPart[]; about: string; target: Target }

export type OptionGroup = { label: string; options: Option[] }

const plain = (text: string): SearchPart[] => [{ text, match: false }]
const textOf = (parts: SearchPart[]) => parts.map(({ text }) => text).join('')
const titled = (parts: SearchPart[]) => (legible(textOf(parts), '') ? parts : plain('Untitled'))

export const projectPage = (projectId: string): Target => ({
  page: { to: '/projects/$projectId', params: { projectId } },
})

const taskPage = (projectId: string, task: string): Target => ({
  page: { to: '/projects/$projectId', params: { projectId }, search: { task } },
})

/** A comment is read with its task, a reply with its post. */
function postPage({ id, projectId, taskId, parentId }: SearchHit): Target {
  if (taskId) return taskPage(projectId ?? '', taskId)
  const params = { projectId: projectId ?? '', postId: parentId ?? id }
  return { page: { to: '/projects/$projectId/posts/$postId', params } }
}

const taskOption = (hit: SearchHit): Option => ({
  id: hit.id,
  parts: titled(hit.title),
  about: [hit.projectName, hit.status === 'done' && 'done', hit.archived && 'archived']
    .filter(Boolean)
    .join(' · '),
  target: taskPage(hit.projectId ?? '', hit.id),
})

const postOption = (hit: SearchHit): Option => ({
  id: hit.id,
  parts: hit.title.length > 0 ? titled(hit.title) : hit.excerpt,
  about: `${hit.taskId ? 'Comment' : hit.parentId ? 'Reply' : 'Post'} · ${hit.projectName}`,
  target: postPage(hit),
})

/** The groups of an answer that hold something. */
export function foundGroups({ projects, tasks, posts, users }: SearchResults): OptionGroup[] {
  return [
    group('Projects', projects?.items, (hit) => ({
      id: hit.id,
      parts: titled(hit.title),
      about: hit.archived ? 'archived' : '',
      target: projectPage(hit.id),
    })),
    group('Tasks', tasks?.items, taskOption),
    group('Posts and comments', posts?.items, postOption),
    group('People', users?.items, (hit) => ({
      id: hit.id,
      parts: titled(hit.title),
      about: 'Open tasks',
      target: { user: { id: hit.id, name: textOf(hit.title) } },
    })),
  ].filter(({ options }) => options.length > 0)
}

export const projectGroup = (projects: readonly ProjectView[]): OptionGroup =>
  group('Projects', projects, ({ id, name }) => ({
    id,
    parts: titled(plain(name)),
    about: '',
    target: projectPage(id),
  }))

export const tasksOfGroup = (name: string, tasks: readonly TaskView[]): OptionGroup =>
  group(`Open tasks of ${name}`, tasks, ({ id, projectId, title }) => ({
    id,
    parts: titled(plain(title)),
    about: '',
    target: taskPage(projectId, id),
  }))

function group<Item>(
  label: string,
  items: readonly Item[] | undefined,
  optionOf: (item: Item) => Option,
): OptionGroup {
  return { label, options: (items ?? []).map(optionOf) }
}

type Action = { name: string; target: Target }

/** What one can do, and where one can go, wherever one is. */
export function actionGroup(
  typed: string,
  projectId: string | undefined,
  services: string[],
): OptionGroup {
  const wanted = typed.trim().toLowerCase().split(/\s+/)
  const fits = ({ name }: Action) => wanted.every((word) => name.toLowerCase().includes(word))
  const options = [...actionsIn(projectId, services), ...actions(services)]
    .filter(fits)
    .map(({ name, target }) => ({ id: name, parts: plain(name), about: '', target }))
  return { label: 'Actions', options }
}

const page = (name: string, to: NavigateOptions): Action => ({ name, target: { page: to } })

const actions = (services: string[]): Action[] => [
  page('New project', { to: '/projects', search: { new: true } }),
  page('All projects', { to: '/projects' }),
  page('My items', { to: '/items' }),
  page('Import a file', { to: '/import' }),
  ...(services.includes('calculator') ? [page('Calculator', { to: '/calculator' })] : []),
  page('Account', { to: '/account' }),
  { name: 'Keyboard shortcuts', target: 'help' },
]

function actionsIn(projectId: string | undefined, services: string[]): Action[] {
  if (!projectId) return []
  const params = { projectId }
  return [
    page('Board of this project', {
      to: '/projects/$projectId',
      params,
      search: { view: 'board' },
    }),
    page('Tasks of this project', { to: '/projects/$projectId', params }),
    page('Items of this project', { to: '/projects/$projectId/items', params }),
    ...(services.includes('posts')
      ? [page('Posts of this project', { to: '/projects/$projectId/posts', params })]
      : []),
    page('Settings of this project', { to: '/projects/$projectId/settings', params }),
    page('Trash of this project', { to: '/projects/$projectId/trash', params }),
  ]
}
