import type { QueryClient, QueryKey } from '@tanstack/react-query'
import { itemListsKey, itemSumsKey, itemsKey } from '@/api/items'
import { isOwnAndKnown, rowsIn } from '@/api/live-copies'
import type { Change, LiveEvent, MissedReason } from '@/api/live-events'
import { areChangesHeld, isWriting } from '@/api/live-hold'
import { missedQuery } from '@/api/missed-changes'
import { postsKey } from '@/api/posts'
import { presenceQuery } from '@/api/presence'
import { projectQuery, projectsKey } from '@/api/projects'
import { meQuery } from '@/api/users'
import { followTasks } from '@/features/tasks/follow-tasks'

/** What comes together is shown together; not all browsers ask at the same time. */
const gatherMs = { least: 50, most: 150 }
/** No query is read more than twice a second. */
const minGapMs = 500
/** What is under way is waited for so long: the answer to one's own change, or a list that is read. */
const maxWaitMs = 3_000
/** How long a drag may keep changes from being shown. */
const maxHeldMs = 30_000
/** How often a page without a stream reads what it shows. */
const rereadMs = 30_000
/** More than these are not looked at one by one: everything is read anew. */
const maxChanges = 1_000

const followed = ['tasks', 'task', 'project', 'projects', 'posts', 'post', 'items']

const isFollowed = ([kind, , part]: QueryKey) =>
  followed.includes(String(kind)) && !(kind === 'items' && part === 'pending')

/** Brings what the stream tells into what is shown. What is typed and not saved is no query's. */
export function followChanges(client: QueryClient) {
  let changes: Change[] = []
  /** Queries to be read anew, by hash. */
  let outdated = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let shownAt = 0
  let waitingSince = 0
  let rereading: ReturnType<typeof setInterval> | undefined

  function onEvent(event: Told) {
    if (event.name === 'missed') return reread(event.why)
    if (event.name === 'ready') stopRereading()
    if (event.name === 'presence')
      client.setQueryData(presenceQuery(event.project).queryKey, event.users)
    else if (event.name === 'access') showAccess(client, event.project)
    else if (event.name === 'change') add(event.change)
    else if (event.name === 'reset' || event.isFresh) addAll()
  }

  function reread(why: MissedReason) {
    client.setQueryData(missedQuery.queryKey, why)
    clearInterval(rereading)
    rereading = setInterval(() => document.hidden || addAll(), rereadMs)
  }

  function stopRereading() {
    clearInterval(rereading)
    client.setQueryData(missedQuery.queryKey, null)
  }

  function add(change: Change) {
    changes.push(change)
    if (changes.length > maxChanges) addAll()
    else schedule()
  }

  /** All that was asked for before now. */
  function addAll() {
    changes = []
    const all = client.getQueryCache().findAll({ predicate: (query) => isFollowed(query.queryKey) })
    outdated = new Set([...outdated, ...all.map(({ queryHash }) => queryHash)])
    schedule()
  }

  function schedule() {
    if (timer) return
    waitingSince = Date.now()
    const gather = gatherMs.least + Math.random() * (gatherMs.most - gatherMs.least)
    timer = setTimeout(showOrWait, Math.max(gather, shownAt + minGapMs - Date.now()))
  }

  function showOrWait() {
    const waitedMs = Date.now() - waitingSince
    const mustWait =
      (areChangesHeld() && waitedMs < maxHeldMs) || (isBusy(client) && waitedMs < maxWaitMs)
    timer = mustWait ? setTimeout(showOrWait, gatherMs.least) : undefined
    if (!mustWait) show()
  }

  function show() {
    shownAt = Date.now()
    const [now, anew] = [changes, outdated]
    changes = []
    outdated = new Set()
    readAgain(client, ({ queryHash }) => anew.has(queryHash))
    const me = client.getQueryData(meQuery.queryKey)?.id
    for (const [projectId, ofProject] of grouped(now, ({ project }) => project ?? ''))
      if (projectId) void showChanges(client, projectId, ofProject, me).then(addLater)
  }

  function addLater(later: Change[]) {
    for (const change of later) add(change)
  }

  return {
    onEvent,
    /** What was told to one user is not shown to the next. */
    stop: () => {
      stopRereading()
      clearTimeout(timer)
      timer = undefined
      changes = []
      outdated = new Set()
    },
  }
}

/** An answer on its way may be older than the change, and one's own would be overwritten. */
const isBusy = (client: QueryClient) =>
  isWriting(client) || client.isFetching({ predicate: ({ queryKey }) => isFollowed(queryKey) }) > 0

/** What the server tells. */
type Told = Exclude<LiveEvent, { name: 'signed-out' }>

type Wanted = (query: {
  queryKey: QueryKey
  queryHash: string
  state: { data: unknown }
}) => boolean

/** What no user looks at is read when a user does. */
function readAgain(client: QueryClient, predicate: Wanted) {
  const refetchType = document.hidden ? 'none' : 'active'
  void client.invalidateQueries({ predicate, refetchType })
}

const isOne = (wanted: QueryKey) => (key: QueryKey) =>
  wanted.length === key.length && wanted.every((part, at) => part === key[at])
const startsWith = (wanted: QueryKey) => (key: QueryKey) =>
  wanted.every((part, at) => part === key[at])

/** Whether one may see it still, in what role, and who else. */
function showAccess(client: QueryClient, projectId: string) {
  const [isProject, isList] = [isOne(['project', projectId]), startsWith(projectsKey)]
  readAgain(client, ({ queryKey }) => isProject(queryKey) || isList(queryKey))
}

/** Answers those that could not be shown yet. */
async function showChanges(client: QueryClient, projectId: string, changes: Change[], me?: string) {
  const byNoun = grouped(changes, ({ type }) => type.split('.')[0] ?? '')
  const wanted = [...byNoun].flatMap(([noun, ofNoun]) => {
    const queries = queriesOf[noun]?.(projectId)
    if (!queries) return []
    const isNews = ofNoun.some(
      (change) =>
        !isOwnAndKnown(client, change, me, {
          type: 'active',
          predicate: ({ queryKey }) => queries.some((is) => is(queryKey)),
        }),
    )
    return isNews ? queries : []
  })
  if (wanted.length > 0)
    readAgain(client, (query) => wanted.some((is) => is(query.queryKey, query.state.data)))
  return followTasks(client, projectId, byNoun.get('task') ?? none, me)
}

const none: Change[] = []

function grouped<T>(all: T[], by: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const one of all) groups.set(by(one), [...(groups.get(by(one)) ?? []), one])
  return groups
}

type Queries = ((key: QueryKey, data?: unknown) => boolean)[]

/** What a change of each kind of thing in a project is to be seen in. */
const queriesOf: Record<string, (projectId: string) => Queries> = {
  project: (id) => [isOne(projectQuery(id).queryKey), startsWith(projectsKey)],
  section: (id) => [isOne(['project', id, 'sections'])],
  label: (id) => [isOne(['project', id, 'labels'])],
  member: (id) => [isOne(['project', id, 'members'])],
  item: (id) => [
    startsWith(itemListsKey(id)),
    startsWith(itemSumsKey(id)),
    startsWith([...itemsKey(id), 'deleted']),
  ],
  post: (id) => [isTalkOf(id, postsKey), isTalkOf(id, ['post'])],
}

/** What a talk is about tells its project only by what was said. */
function isTalkOf(projectId: string, wanted: QueryKey) {
  const isTalk = startsWith(wanted)
  return (key: QueryKey, data?: unknown) => {
    const [row] = rowsIn(data)
    return isTalk(key) && (row === undefined || row.projectId === projectId)
  }
}
