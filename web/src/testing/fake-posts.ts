import type { PostDraft, PostView } from '../api/types'
import {
  type Call,
  checkVersion,
  invalid,
  page,
  projectFor,
  Refused,
  type Route,
  required,
} from './fake-call.ts'
import type { FakePost, FakeStore } from './fake-store.ts'

export function addPost(
  tarn: FakeStore,
  post: { projectId: string; authorId: string; body: string } & Partial<FakePost>,
): FakePost {
  const now = new Date().toISOString()
  const added: FakePost = {
    id: tarn.nextId(),
    taskId: null,
    parentId: null,
    title: null,
    ...rendered(tarn, post.projectId, post.body),
    state: 'published',
    replies: 0,
    createdAt: now,
    publishedAt: post.state === 'draft' ? null : now,
    editedAt: null,
    updatedAt: now,
    deletedAt: null,
    version: 1,
    former: [],
    ...post,
  }
  tarn.posts.push(added)
  return added
}

const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** Knows as much of Markdown as the pages need: paragraphs, bold, links, pictures, ticks, names. */
function rendered(tarn: FakeStore, projectId: string, body: string) {
  const members = tarn.projects.find(({ id }) => id === projectId)?.members ?? []
  const users = tarn.users.filter(({ id }) => members.some(({ userId }) => userId === id))
  const mentions: PostView['mentions'] = []
  const html = escaped(body)
    .replace(/\*\*(.+?)\*\*/g, '<strong>$1</strong>')
    .replace(/!\[(.*?)\]\((\S+?)\)/g, '<img src="$2" alt="$1" />')
    .replace(/\[(.*?)\]\((\S+?)\)/g, '<a href="$2">$1</a>')
    .replace(/@([\p{L}-]+)/gu, (written, handle: string) => {
      const user = users.find(({ name }) => name.toLowerCase().replaceAll(' ', '-') === handle)
      if (!user) return written
      mentions.push({ userId: user.id, name: user.name })
      return `<span class="mention" data-user="${user.id}">@${user.name}</span>`
    })
    .split(/\n\n+/)
    .map((part) => drawn(part))
    .join('')
  return { html, mentions }
}

function drawn(part: string) {
  const tick = /^- \[([ x])\] (.*)$/.exec(part)
  if (!tick) return `<p>${part.replaceAll('\n', '<br />\n')}</p>`
  const checked = tick[1] === 'x' ? ' checked=""' : ''
  return `<ul><li><input type="checkbox" disabled=""${checked}> ${tick[2]}</li></ul>`
}

function viewOf(tarn: FakeStore, { former: _, ...post }: FakePost): PostView {
  const replies = tarn.posts.filter(
    (one) => one.parentId === post.id && one.state === 'published' && !one.deletedAt,
  )
  return { ...post, replies: replies.length }
}

function subjectOf({ tarn }: Call, given: Record<string, unknown>) {
  const { project, task, parent } = given as { project?: string; task?: string; parent?: string }
  const above = parent ? required(tarn.posts.find(({ id }) => id === parent)) : null
  if (above?.parentId) throw invalid('/parentId', 'A reply takes no replies.', 'too-deep')
  const about = task ? required(tarn.tasks.find(({ id }) => id === task)) : null
  return {
    projectId: project ?? above?.projectId ?? required(about ?? undefined).projectId,
    taskId: task ?? above?.taskId ?? null,
    parentId: parent ?? null,
  }
}

function list(call: Call) {
  const { tarn, me, query } = call
  const place = subjectOf(call, Object.fromEntries(query))
  const { members } = projectFor(call, place.projectId)
  const isOwner = members.some(({ userId, role }) => userId === me.id && role === 'owner')
  const state = query.get('state') ?? 'published'
  const deleted = query.get('deleted') === 'true'
  const text = query.get('text')?.toLowerCase() ?? ''
  const author = query.get('author')
  const found = tarn.posts
    .filter((one) => one.projectId === place.projectId && one.state === state)
    .filter((one) => text || (one.parentId === place.parentId && one.taskId === place.taskId))
    .filter((one) => `${one.title} ${one.body}`.toLowerCase().includes(text))
    .filter((one) => !author || one.authorId === author)
    .filter((one) => Boolean(one.deletedAt) === deleted)
    .filter((one) => one.authorId === me.id || (state === 'published' && (!deleted || isOwner)))
    .reverse()
  return {
    body: page(
      found.map((one) => viewOf(tarn, one)),
      query,
    ),
  }
}

function checked(json: Record<string, unknown>) {
  const { title, body } = json as { title?: string | null; body?: string }
  if (title?.includes('forbidden')) throw invalid('/title', 'Not this word.')
  if (body !== undefined && body.trim() === '') throw invalid('/body', 'A text is needed.')
  return json
}

function write(call: Call) {
  const { tarn, me } = call
  const draft = checked(call.json) as PostDraft
  const place = subjectOf(call, {
    project: draft.projectId ?? undefined,
    task: draft.taskId ?? undefined,
    parent: draft.parentId ?? undefined,
  })
  projectFor(call, place.projectId, 'editor')
  const post = addPost(tarn, {
    ...place,
    authorId: me.id,
    title: draft.title ?? null,
    body: draft.body,
    state: draft.draft ? 'draft' : 'published',
  })
  return { status: 201, body: viewOf(tarn, post) }
}

function postOf(call: Call): FakePost {
  const post = required(call.tarn.posts.find(({ id }) => id === call.path.id))
  projectFor(call, post.projectId)
  return post
}

/** No draft of someone else, and in the trash only what one may restore. */
function inSight(call: Call): FakePost {
  const post = postOf(call)
  const { members } = projectFor(call, post.projectId)
  const isOwner = members.some(({ userId, role }) => userId === call.me.id && role === 'owner')
  const isHidden = post.state === 'draft' || (post.deletedAt && !isOwner)
  return required(post.authorId !== call.me.id && isHidden ? undefined : post)
}

function own(call: Call): FakePost {
  const post = postOf(call)
  projectFor(call, post.projectId, 'editor')
  if (post.authorId !== call.me.id) throw new Refused(403, 'forbidden', 'Only its author may.')
  if (post.deletedAt !== null)
    throw new Refused(409, 'in-trash', 'This post is in the trash. Restore it first.')
  checkVersion(call, post.version)
  return post
}

function change(call: Call) {
  const post = own(call)
  const now = new Date().toISOString()
  const { version, title, body, html, updatedAt } = post
  if (post.state === 'published')
    post.former.unshift({ version, title, body, html, writtenAt: post.editedAt ?? updatedAt })
  const words = { title, body, ...checked(call.json) }
  Object.assign(post, words, rendered(call.tarn, post.projectId, words.body), {
    version: version + 1,
    updatedAt: now,
    editedAt: post.state === 'published' ? now : null,
  })
  return { body: viewOf(call.tarn, post) }
}

function publish(call: Call) {
  const post = own(call)
  const publishedAt = new Date().toISOString()
  Object.assign(post, { state: 'published', publishedAt, version: post.version + 1 })
  return { body: viewOf(call.tarn, post) }
}

function setDeleted(call: Call, deletedAt: string | null) {
  const post = postOf(call)
  projectFor(call, post.projectId, post.authorId === call.me.id ? 'editor' : 'owner')
  Object.assign(post, { deletedAt, version: post.version + 1 })
  return post
}

export const postRoutes: Route[] = [
  { method: 'GET', path: '/api/posts', run: list },
  { method: 'POST', path: '/api/posts', run: write },
  {
    method: 'POST',
    path: '/api/posts/renderings',
    run: ({ tarn, json }) => ({
      body: rendered(tarn, String(json.projectId), String(json.body)),
    }),
  },
  {
    method: 'GET',
    path: '/api/posts/{id}',
    run: (call) => ({ body: viewOf(call.tarn, inSight(call)) }),
  },
  { method: 'PATCH', path: '/api/posts/{id}', run: change },
  {
    method: 'DELETE',
    path: '/api/posts/{id}',
    run: (call) => {
      setDeleted(call, new Date().toISOString())
      return {}
    },
  },
  {
    method: 'PUT',
    path: '/api/posts/{id}/restoration',
    run: (call) => ({ body: viewOf(call.tarn, setDeleted(call, null)) }),
  },
  { method: 'PUT', path: '/api/posts/{id}/publication', run: publish },
  {
    method: 'GET',
    path: '/api/posts/{id}/versions',
    run: (call) => ({ body: page(postOf(call).former, call.query) }),
  },
]
