export type Words = { title: string; body: string }
/** `version`: of the post they are to change; what came later is not overwritten unseen. */
type Unsent = { words: Words; version?: number | undefined }

/**
 * What was typed and is not sent yet, so that closing a panel or opening another page loses nothing.
 * In memory: it ends with the page, and the browser asks before.
 */
const unsent = new Map<string, Unsent>()

export const unsentAt = (key: string) => unsent.get(key)

export function keepUnsent(key: string, words: Words | null, version?: number) {
  if (words) unsent.set(key, { words, version })
  else unsent.delete(key)
  if (unsent.size > 0) addEventListener('beforeunload', ask)
  else removeEventListener('beforeunload', ask)
}

export function forgetUnsent() {
  for (const key of [...unsent.keys()]) keepUnsent(key, null)
}

const listeners = new Set<() => void>()
const returns = new Map<string, number>()

/** Puts words back where they were written; what has been typed there since follows them. */
export function bringBack(key: string, words: Words, version?: number) {
  const since = unsent.get(key)?.words
  const title = words.title || since?.title || ''
  keepUnsent(key, { title, body: since ? `${words.body}\n\n${since.body}` : words.body }, version)
  returns.set(key, timesBroughtBack(key) + 1)
  for (const listener of listeners) listener()
}

export const timesBroughtBack = (key: string) => returns.get(key) ?? 0

export function onBroughtBack(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function ask(event: BeforeUnloadEvent) {
  event.preventDefault()
}
