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

function ask(event: BeforeUnloadEvent) {
  event.preventDefault()
}
