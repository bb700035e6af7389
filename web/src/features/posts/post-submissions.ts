import { postDrafts, type Words } from './post-draft-store'

/** The box that is open in a place, and what becomes of its words. */
export type Box = {
  form: object
  succeed: (sent: Words) => void
  /** `isOwn`: they were sent from this very box, not from one that was open there before. */
  fail: (error: unknown, isOwn: boolean) => void
}

/** What is on its way from a place, also while nobody looks at it. */
const underWay = new Set<string>()
const boxes = new Map<string, Box>()
const listeners = new Set<() => void>()

export const isUnderWay = (key: string) => underWay.has(key)

export function onSubmissions(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The box that hears of what is on its way from a place, until it is closed. */
export function openBox(key: string, box: Box) {
  boxes.set(key, box)
  return () => {
    if (boxes.get(key) === box) boxes.delete(key)
  }
}

/** One sending at a time. `onLost` hears why it failed when no box is open to say so. */
export async function send(
  key: string,
  sent: Words,
  run: () => Promise<unknown>,
  onLost: (error: unknown) => void,
) {
  if (underWay.has(key)) return
  const sender = boxes.get(key)?.form
  const arrive = () => {
    const box = boxes.get(key)
    if (box) box.succeed(sent)
    else forget(key, sent)
  }
  const fail = (error: unknown) => {
    const box = boxes.get(key)
    if (box) box.fail(error, box.form === sender)
    else onLost(error)
  }
  setUnderWay(key, true)
  await run().then(arrive, fail)
  setUnderWay(key, false)
}

/** What was typed since is kept. */
function forget(key: string, sent: Words) {
  const kept = postDrafts.at(key)?.words
  if (kept?.title === sent.title && kept.body === sent.body) postDrafts.keep(key, undefined)
}

function setUnderWay(key: string, is: boolean) {
  if (is) underWay.add(key)
  else underWay.delete(key)
  for (const listener of listeners) listener()
}
