import { newKey } from './client'
import type { LiveEvent } from './live-events'
import { channelName, type HubMessage, runHub, type TabMessage } from './live-hub'

/** How often a tab that is shown says so; a hub that has gone unseen is missed then. */
const beatMs = 10_000

/** A worker that has not answered by then does not run here, whatever the reason. */
const silenceMs = 5_000

export type LiveTab = {
  /** Begins to listen, or begins again, as after signing in. */
  listen: () => void
  look: (projects: string[]) => void
  stop: () => void
}

/** This tab's end of the browser's one stream. */
export function joinLive(
  onEvent: (event: LiveEvent) => void,
  name = channelName,
  onSilence = runInTab,
): LiveTab {
  const channel = new BroadcastChannel(name)
  const tab = newKey()
  let lookingAt: string[] = []
  let hub: string | null = null
  let beat: ReturnType<typeof setInterval> | undefined

  const say = (kind: TabMessage['kind']) =>
    channel.postMessage({ kind, tab, lookingAt } satisfies TabMessage)

  function onMessage({ data }: MessageEvent<TabMessage | HubMessage>) {
    if (!beat) return
    if (data.kind === 'event') onEvent(data.event)
    if (data.kind === 'who') say(hub ? 'here' : 'hello')
    if (data.kind === 'hub') meet(data.id)
    if (data.kind === 'recent' && data.tab === tab) catchUp(data)
  }

  /** A new hub may not know its tabs. */
  function meet(id: string) {
    if (hub && hub !== id) say('here')
    hub = id
  }

  /** What came before this page began is in what it has read. */
  function catchUp({ events }: Extract<HubMessage, { kind: 'recent' }>) {
    for (const { at, event } of events) if (at >= performance.timeOrigin) onEvent(event)
  }

  function listen() {
    clearInterval(beat)
    beat = setInterval(() => document.visibilityState === 'visible' && say('here'), beatMs)
    say('hello')
    setTimeout(() => beat && !hub && onSilence(), silenceMs)
  }

  channel.addEventListener('message', onMessage)
  addEventListener('pagehide', () => beat && say('bye'))
  addEventListener('pageshow', ({ persisted }) => persisted && beat && say('hello'))

  return {
    listen,
    look: (projects) => {
      lookingAt = projects
      if (beat) say('here')
    },
    stop: () => {
      if (beat) say('bye')
      clearInterval(beat)
      beat = undefined
    },
  }
}

/** Starts what holds the stream; false where the browser has nothing that tabs could share it by. */
export function startHub(): boolean {
  if (typeof BroadcastChannel === 'undefined') return false
  if (typeof SharedWorker === 'undefined') runInTab()
  else
    new SharedWorker(new URL('./live-worker.ts', import.meta.url), {
      type: 'module',
      name: 'tarn-live',
    }).addEventListener('error', runInTab, { once: true })
  return true
}

let runsInTab = false

/** A page that is put aside, as for going back to it, holds no stream. */
function runInTab() {
  if (runsInTab) return
  runsInTab = true
  const channel = new BroadcastChannel(channelName)
  let end = runHub(channel, newKey())
  addEventListener('pagehide', () => end())
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) end = runHub(channel, newKey())
  })
}
