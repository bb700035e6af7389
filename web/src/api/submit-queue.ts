import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { isProblem } from './api-problem'
import { newKey, stopSending } from './client'
import { askBeforeLeaving } from './leaving'
import { boundToAccount } from './shown-account'
import { meQuery } from './users'

/** `what` is all that is sent; with its `key` it is written once, however often it is tried. */
type Waiting<What> = { key: string; text: string; what: What }
type Write<What> = (what: What, key: string) => Promise<unknown>

const prefix = 'waiting '
const none: Waiting<never>[] = []
const known = new Map<string, Waiting<unknown>[]>()
const running = new Set<string>()
const tails = new Map<string, Promise<unknown>>()
const listeners = new Set<() => void>()

type Options<What> = {
  /** Which line it is, such as the column that tasks are added to; each user has their own. */
  place: string
  write: Write<What>
  /** Of what was kept from before: the box it was typed into may be gone. */
  onKeptRefused?: (text: string, error: Error) => void
}

/**
 * Writes what is added one after the other, in the order typed, also when one of them fails. What is
 * not written yet is kept over a reload of the page, and over signing in again.
 */
export function useSubmitQueue<What>({ place, write, onKeptRefused }: Options<What>) {
  const client = useQueryClient()
  // Asked at once, because when the session ends nobody knows any more who it was.
  const [me] = useState(() => client.getQueryData(meQuery.queryKey)?.id)
  const own = `${prefix}${me} ${place}`
  const waiting = useSyncExternalStore(subscribe, () => waitingAt<What>(own))
  const [refused, setRefused] = useState<{ text: string } | null>(null)
  const latest = useRef({ write, onKeptRefused })
  useEffect(() => {
    latest.current = { write, onKeptRefused }
  })

  useEffect(() => {
    for (const one of waitingAt<What>(own))
      if (!running.has(one.key))
        run(own, one, latest.current.write, (error) => {
          if (latest.current.onKeptRefused) latest.current.onKeptRefused(one.text, error)
          else setRefused(one)
        })
  }, [own])

  const add = (text: string, what: What) => {
    const one = { key: newKey(), text, what }
    keep(own, [...waitingAt<What>(own), one])
    run(own, one, latest.current.write, () => setRefused(one))
  }
  return { waiting, add, refused }
}

/** At the end of a session that its user has ended. */
export function clearSubmitQueue() {
  stopSending()
  for (const place of [...known.keys(), ...Object.keys(sessionStorage)])
    if (place.startsWith(prefix)) keep(place, none)
  known.clear()
}

function run<What>(
  place: string,
  one: Waiting<What>,
  write: Write<What>,
  onRefused: (error: Error) => void,
) {
  const isWaiting = () => waitingAt<What>(place).some(({ key }) => key === one.key)
  const drop = () =>
    keep(
      place,
      waitingAt<What>(place).filter(({ key }) => key !== one.key),
    )
  const checkAccount = boundToAccount()
  const result = (tails.get(place) ?? Promise.resolve()).then(() => {
    checkAccount()
    return isWaiting() && write(one.what, one.key)
  })
  running.add(one.key)
  const end = result.then(drop, (error) => {
    // Who signs in again finds it still waiting.
    if (isProblem(error, 'unauthenticated')) return
    drop()
    onRefused(error)
  })
  tails.set(
    place,
    end.finally(() => running.delete(one.key)),
  )
}

function waitingAt<What>(place: string): Waiting<What>[] {
  const here = known.get(place) ?? stored(place)
  known.set(place, here)
  return here as Waiting<What>[]
}

function stored(place: string): Waiting<unknown>[] {
  try {
    return JSON.parse(sessionStorage.getItem(place) ?? '[]') as Waiting<unknown>[]
  } catch {
    return []
  }
}

function keep(place: string, waiting: Waiting<unknown>[]) {
  known.set(place, waiting)
  try {
    if (waiting.length > 0) sessionStorage.setItem(place, JSON.stringify(waiting))
    else sessionStorage.removeItem(place)
  } catch {
    // Without storage it is kept as long as the page.
  }
  // A reload keeps it; closing the page does not, and the browser cannot tell the two apart.
  askBeforeLeaving(
    known,
    [...known.values()].some((all) => all.length > 0),
  )
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
