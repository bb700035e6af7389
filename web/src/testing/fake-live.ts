import type { Change } from '../api/live-events.ts'
import { Refused } from './fake-call.ts'
import type { FakeSession, FakeStore } from './fake-store.ts'

export type Listener = { onEvent: (event: FakeEvent) => void; onEnd: () => void }
export type FakeEvent = { name: string; id: string | null; data: object }

type Listening = Listener & { session: FakeSession; lookingAt: string[] }
type Row = { noun: string; id: string; project: string; version: number | null; mark: string }
type Told = FakeEvent & { project: string; user: string | null }

/** The streams of the fake server: what a request changes is told to those who may see it. */
export class FakeLive {
  /** Of each project, who looks at it without a stream. */
  readonly pretended = new Map<string, string[]>()
  private readonly listeners = new Set<Listening>()
  private readonly told: Told[] = []
  private readonly tarn: FakeStore

  constructor(tarn: FakeStore) {
    this.tarn = tarn
  }

  listen(session: FakeSession, lookingAt: string[], position: string | null, listener: Listener) {
    const from = position === null ? this.told.length : Number(/^fake-(\d+)$/.exec(position)?.[1])
    if (!(from <= this.told.length)) throw new Refused(400, 'bad-position', 'No such position.')
    const one = {
      ...listener,
      session,
      lookingAt: lookingAt.filter((id) => this.sees(session, id)),
    }
    this.listeners.add(one)
    queueMicrotask(() => {
      one.onEvent({ name: 'ready', id: `fake-${from}`, data: {} })
      for (const event of this.told.slice(from)) this.send(one, event)
      this.tellPresence(one.lookingAt)
    })
    return () => {
      this.listeners.delete(one)
      this.tellPresence(one.lookingAt)
    }
  }

  /** Ends all streams, as when the server is replaced. */
  endAll() {
    for (const one of [...this.listeners]) this.end(one)
  }

  /** Runs what may change something, and tells what it has changed; null: it changes nothing. */
  telling<T>(who: { by: string | null } | null, run: () => T): T {
    if (!who) return run()
    const before = rowsOf(this.tarn)
    const answer = run()
    const after = rowsOf(this.tarn)
    for (const key of new Set([...before.keys(), ...after.keys()]))
      this.compare(before.get(key), after.get(key), who.by)
    for (const one of [...this.listeners])
      if (!this.tarn.sessions.includes(one.session)) this.end(one)
    return answer
  }

  private compare(was: Row | undefined, is: Row | undefined, by: string | null) {
    const row = is ?? was
    if (!row || was?.mark === is?.mark) return
    const { noun, id, project, version } = row
    const change: Change = { type: `${noun}.${verbOf(was, is)}`, id, project, version, by }
    if (noun === 'member') this.tell('access', project, { project }, id)
    this.tell('change', project, { ...change, resource: noun }, null)
  }

  private tell(name: string, project: string, data: object, user: string | null) {
    const event = { name, id: `fake-${this.told.length + 1}`, data, project, user }
    this.told.push(event)
    for (const one of [...this.listeners]) this.send(one, event)
  }

  private send(one: Listening, { name, id, data, project, user }: Told) {
    if (user === null ? this.sees(one.session, project) : user === one.session.userId)
      one.onEvent({ name, id, data })
  }

  private tellPresence(projects: string[]) {
    for (const project of projects) {
      const here = [...this.listeners].filter(({ lookingAt }) => lookingAt.includes(project))
      const users = [
        ...new Set([
          ...here.map(({ session }) => session.userId),
          ...(this.pretended.get(project) ?? []),
        ]),
      ]
      for (const one of here) one.onEvent({ name: 'presence', id: null, data: { project, users } })
    }
  }

  private sees({ userId }: FakeSession, projectId: string) {
    const project = this.tarn.projects.find(({ id }) => id === projectId)
    return project?.members.some((member) => member.userId === userId) ?? false
  }

  private end(one: Listening) {
    this.listeners.delete(one)
    one.onEnd()
  }
}

/** An event as it is written into a stream. */
export const frameOf = ({ name, id, data }: FakeEvent) =>
  `event: ${name}\n${id === null ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`

function verbOf(was: Row | undefined, is: Row | undefined): string {
  if (!was) return is?.noun === 'member' ? 'added' : is?.noun === 'post' ? 'published' : 'created'
  if (!is) return was.noun === 'member' ? 'removed' : 'deleted'
  const [, deletedBefore, doneBefore] = was.mark.split(' ')
  const [, deleted, done] = is.mark.split(' ')
  if (deletedBefore !== deleted) return deleted === 'here' ? 'restored' : 'deleted'
  if (doneBefore !== done) return done === 'done' ? 'completed' : 'reopened'
  return 'changed'
}

function rowsOf(tarn: FakeStore): Map<string, Row> {
  const rows: Row[] = [
    ...tarn.projects.map((one) => row('project', one.id, one, one.deleted)),
    ...tarn.projects.flatMap(({ id, members }) =>
      members.map(({ userId, role }) => ({
        ...row('member', id, { id: userId, version: null }),
        mark: role,
      })),
    ),
    ...tarn.sections.map((one) => row('section', one.projectId, one)),
    ...tarn.labels.map((one) => row('label', one.projectId, one)),
    ...tarn.tasks.map((one) => row('task', one.projectId, one, one.deletedAt, one.status)),
    ...tarn.items.flatMap((one) =>
      one.projectId ? row('item', one.projectId, one, one.deletedAt) : [],
    ),
    ...tarn.posts.flatMap((one) =>
      one.state === 'published' ? row('post', one.projectId, one, one.deletedAt) : [],
    ),
  ]
  return new Map(rows.map((one) => [`${one.noun} ${one.project} ${one.id}`, one]))
}

function row(
  noun: string,
  project: string,
  { id, version }: { id: string; version: number | null },
  deleted: unknown = null,
  status = '',
): Row {
  return { noun, id, project, version, mark: `${version} ${deleted ? 'trash' : 'here'} ${status}` }
}
