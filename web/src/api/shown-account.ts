import { notSignedIn } from './api-problem'

/** Keeps changes from going out under another account than the page shows: the cookie is of all tabs. */

/** Who is signed in, asked of the server; what it shows is the page's. */
type Ask = (isLatest: () => boolean) => Promise<void>

let channel: BroadcastChannel | null = null
let ask: Ask | null = null
let asking: Promise<void> | null = null
let failure: unknown = null
/** Counts the accounts that were shown. */
let turn = 0
let isClosed = false

/** Asks whenever another tab has signed in or out, and on every {@link doubtAccount}. */
export function followTabs(question: Ask): () => void {
  ask = question
  if (typeof BroadcastChannel !== 'undefined') {
    channel = new BroadcastChannel('tarn-account-1')
    channel.addEventListener('message', doubtAccount)
  }
  return () => {
    channel?.close()
    channel = ask = asking = failure = null
  }
}

/** Tells the other tabs that a user has signed in or out in this one. */
export const tellTabs = () => channel?.postMessage('changed')

/** It is no longer sure who is signed in: changes wait for the answer. */
export function doubtAccount() {
  if (!ask) return
  failure = null
  const isLatest = () => asking === mine
  const end = (error: unknown) => {
    if (isLatest()) [asking, failure] = [null, error]
  }
  const mine: Promise<void> = ask(isLatest).then(() => end(null), end)
  asking = mine
}

/** What was begun under the account that was shown is not carried on; see {@link openChanges}. */
export function closeChanges() {
  turn += 1
  isClosed = true
}

export function openChanges() {
  isClosed = false
}

/** Answers what throws as soon as another account is shown. */
export function boundToAccount(): () => void {
  const mine = turn
  return () => {
    if (mine !== turn) throw notSignedIn()
  }
}

/** Runs a call that changes something only under the account that is shown when it begins. */
export async function underShownAccount<T>(isChange: boolean, run: () => Promise<T>): Promise<T> {
  const check = boundToAccount()
  if (isChange && (asking || failure)) await settled()
  check()
  if (isChange && isClosed) throw notSignedIn()
  try {
    return await run()
  } finally {
    check()
  }
}

async function settled() {
  if (failure) doubtAccount()
  while (asking) await asking
  if (failure) throw failure
}
