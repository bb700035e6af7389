/** What a stream of `/api/live` says. */

/** What has changed, without its content: a page that shows it reads it again. */
export type Change = {
  /** As `task.completed`. */
  type: string
  id: string
  project: string | null
  version: number | null
  /** Who did it; null where nobody did. */
  by: string | null
}

/** `too-many`: this user has as many streams as one may have. `unavailable`: none can be opened. */
export type MissedReason = 'too-many' | 'unavailable'

export type LiveEvent =
  /** The stream has begun; `isFresh`: now, so that what was read before it may be older. */
  | { name: 'ready'; isFresh: boolean }
  /** There is no stream for now, until the next `ready`. */
  | { name: 'missed'; why: MissedReason }
  /** What came since the last event is not known: all that is shown is read again. */
  | { name: 'reset' }
  | { name: 'change'; change: Change }
  /** The own membership of a project came, changed or went. */
  | { name: 'access'; project: string }
  | { name: 'presence'; project: string; users: string[] }
  /** The session has ended, and the stream with it; the browser says so, not the server. */
  | { name: 'signed-out' }

/** Null for what this app does not know: a newer server may say more. */
export function liveEventOf(name: string, data: string): LiveEvent | null {
  if (name === 'reset') return { name }
  if (name !== 'change' && name !== 'access' && name !== 'presence') return null
  try {
    const told = JSON.parse(data)
    return name === 'change' ? { name, change: told } : { name, ...told }
  } catch {
    return null
  }
}
