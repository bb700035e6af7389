import type { LiveEvent } from './live-events'
import { type LiveStream, openStream } from './live-stream'

/** What tabs and the hub say to each other over the channel; a change of it needs another name. */
export const channelName = 'tarn-live-1'

export type TabMessage = {
  /** `hello`: begins to listen. `here`: still does, or shows other projects. `bye`: listens no more. */
  kind: 'hello' | 'here' | 'bye'
  tab: string
  lookingAt: string[]
}

type Stamped = { at: number; event: LiveEvent }

export type HubMessage =
  /** Answers a tab, or claims to be the hub; `recent`: for a tab that has just begun to listen. */
  | { kind: 'hub'; id: string; term: number; position: string | null }
  | { kind: 'recent'; tab: string; events: Stamped[] }
  | { kind: 'event'; event: LiveEvent; position: string | null }
  /** Has just begun to run and asks whether there is a hub. */
  | { kind: 'who' }
  /** The hub's page is closed: another one takes over. */
  | { kind: 'gone'; position: string | null }

/** How long a tab's question may stay unanswered; not all that wait claim at the same time. */
const claimMs = { least: 200, most: 500 }

/** A tab that is shown says so every 10 s. */
const tabTimeoutMs = 30_000

/** What came while a new tab read its first page is told it. */
const recentMs = 60_000
const maxRecent = 500

/** The most projects that a stream can name. */
const maxLookingAt = 8

/** Who comes to a project is told at once; who leaves it may come back, as over the next page. */
const lookMs = { more: 300, fewer: 10_000 }

/**
 * Holds the one stream of a browser and tells its tabs what comes. Runs in a SharedWorker, or in every
 * tab where there is none: then one of them is the hub, and when it goes the next one goes on from the
 * last position. The one with the latest term wins, then the one with the lowest id.
 */
export function runHub(channel: BroadcastChannel, id: string, open = openStream): () => void {
  const tabs = new Map<string, { lookingAt: string[]; heardAt: number }>()
  const presence = new Map<string, LiveEvent>()
  let recent: Stamped[] = []
  let missed: LiveEvent | null = null
  let term = 0
  let isHub = false
  let position: string | null = null
  let stream: LiveStream | null = null
  let shown = ''
  let claiming: ReturnType<typeof setTimeout> | undefined
  let looking: { timer: ReturnType<typeof setTimeout>; dueAt: number } | undefined

  const say = (message: HubMessage) => channel.postMessage(message)
  const claim = () => say({ kind: 'hub', id, term, position })

  function onMessage({ data }: MessageEvent<TabMessage | HubMessage>) {
    if (data.kind === 'hub') onOther(data)
    else if (data.kind === 'event')
      position = data.event.name === 'signed-out' ? null : (data.position ?? position)
    else if (data.kind === 'gone') {
      position = data.position ?? position
      claimSoon(0)
    } else if (data.kind !== 'recent' && data.kind !== 'who') onTab(data)
  }

  function onTab({ kind, tab, lookingAt }: TabMessage) {
    if (kind === 'bye') tabs.delete(tab)
    else tabs.set(tab, { lookingAt, heardAt: Date.now() })
    if (!isHub) return kind === 'bye' ? undefined : claimSoon(claimMs.least)
    if (tabs.size === 0) return leave()
    if (kind === 'bye') return look()
    claim()
    if (kind === 'hello') greet(tab)
    look()
  }

  /** Who signs in says hello: a stream that had ended then begins again. */
  function greet(tab: string) {
    if (!stream) start()
    const since = Date.now() - recentMs
    const events = recent.filter(({ at }) => at >= since)
    const now = [...presence.values(), ...(missed ? [missed] : [])].map((event) => ({
      at: Date.now(),
      event,
    }))
    say({ kind: 'recent', tab, events: [...events, ...now] })
  }

  function onOther(other: Extract<HubMessage, { kind: 'hub' }>) {
    clearTimeout(claiming)
    claiming = undefined
    const isStronger = other.term > term || (other.term === term && other.id < id)
    term = Math.max(term, other.term)
    position = other.position ?? position
    if (!isHub) return
    if (!isStronger) return claim()
    isHub = false
    stop()
  }

  function claimSoon(leastMs: number) {
    claiming ??= setTimeout(
      () => {
        claiming = undefined
        isHub = true
        term += 1
        claim()
        start()
      },
      leastMs + Math.random() * (claimMs.most - claimMs.least),
    )
  }

  function start() {
    stream?.close()
    const projects = lookedAt()
    shown = projects.join()
    stream = open({
      position,
      lookingAt: projects,
      onEvent: (event, at) => {
        position = at ?? position
        keep(event)
        say({ kind: 'event', event, position })
      },
      onEnd: (why) => {
        leave()
        if (why === 'signed-out') say({ kind: 'event', event: { name: 'signed-out' }, position })
      },
    })
  }

  /** Without listeners, or signed out: the next listener reads everything anyway. */
  function leave() {
    for (const project of presence.keys())
      say({ kind: 'event', event: { name: 'presence', project, users: [] }, position })
    stop()
    position = null
    recent = []
  }

  function stop() {
    stream?.close()
    stream = null
    missed = null
    presence.clear()
    clearTimeout(looking?.timer)
    looking = undefined
  }

  function keep(event: LiveEvent) {
    const at = Date.now()
    if (event.name === 'ready') missed = null
    else if (event.name === 'missed') missed = event
    else if (event.name === 'presence') presence.set(event.project, event)
    else
      recent = [...recent, { at, event }].slice(-maxRecent).filter((one) => one.at > at - recentMs)
  }

  function lookedAt(): string[] {
    const since = Date.now() - tabTimeoutMs
    const here = [...tabs.values()].filter(({ heardAt }) => heardAt > since)
    return [...new Set(here.flatMap(({ lookingAt }) => lookingAt))].slice(0, maxLookingAt).sort()
  }

  function look() {
    const projects = lookedAt()
    if (!stream || projects.join() === shown) return
    const isMore = projects.some((project) => !shown.includes(project))
    const dueAt = Date.now() + (isMore ? lookMs.more : lookMs.fewer)
    if (looking && looking.dueAt <= dueAt) return
    clearTimeout(looking?.timer)
    const timer = setTimeout(() => {
      looking = undefined
      const now = lookedAt()
      if (now.join() === shown) return
      shown = now.join()
      stream?.look(now)
    }, dueAt - Date.now())
    looking = { timer, dueAt }
  }

  channel.addEventListener('message', onMessage)
  say({ kind: 'who' })
  return () => {
    channel.removeEventListener('message', onMessage)
    clearTimeout(claiming)
    stop()
    if (isHub) say({ kind: 'gone', position })
    isHub = false
  }
}
