import { createDraftStore } from '@/api/draft-store'

export type Words = { title: string; body: string }

/** `version`: of the post they are to change; what came later is not overwritten unseen. */
export const postDrafts = createDraftStore<{ words: Words; version?: number | undefined }>()

const returns = new Map<string, number>()

/** Puts words back where they were written; what has been typed there since follows them. */
export function bringBack(key: string, words: Words, version?: number) {
  const since = postDrafts.at(key)?.words
  const title = words.title || since?.title || ''
  const body = since ? `${words.body}\n\n${since.body}` : words.body
  returns.set(key, timesBroughtBack(key) + 1)
  postDrafts.keep(key, { words: { title, body }, version })
}

export const timesBroughtBack = (key: string) => returns.get(key) ?? 0
