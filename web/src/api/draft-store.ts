import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { askBeforeLeaving } from './leaving'
import { meQuery } from './users'

export type DraftStore<Draft> = {
  at: (key: string) => Draft | undefined
  /** Without a draft nothing is kept there any more. */
  keep: (key: string, draft: Draft | undefined) => void
  subscribe: (listener: () => void) => () => void
}

const clearing: (() => void)[] = []

/**
 * What was typed and is not sent yet, so that closing a panel or opening another page loses nothing.
 * In memory: it ends with the page, and the browser asks before if something of it is at risk.
 */
export function createDraftStore<Draft>(
  isAtRisk: (draft: Draft) => boolean = () => true,
): DraftStore<Draft> {
  const drafts = new Map<string, Draft>()
  const listeners = new Set<() => void>()
  const keep = (key: string, draft: Draft | undefined) => {
    if (draft) drafts.set(key, draft)
    else drafts.delete(key)
    askBeforeLeaving(drafts, [...drafts.values()].some(isAtRisk))
    for (const listener of listeners) listener()
  }
  clearing.push(() => {
    for (const key of [...drafts.keys()]) keep(key, undefined)
  })
  return {
    at: (key) => drafts.get(key),
    keep,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export function forgetDrafts() {
  for (const clear of clearing) clear()
}

/** Where a draft is kept: each user has their own, also in a shared browser. */
export function useDraftKey(place: string): string {
  const client = useQueryClient()
  // Asked at once, because when the session ends nobody knows any more who it was.
  const [me] = useState(() => client.getQueryData(meQuery.queryKey)?.id)
  return `${me} ${place}`
}
