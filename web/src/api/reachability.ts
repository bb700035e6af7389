/** Whether the server answers, as the calls of this page see it and a probe confirms. */

/** One lost answer is no outage: the first probe decides. */
const firstProbeMs = 1_000
const probeMs = 5_000

let doubted = false
let unreachable = false
const listeners = new Set<() => void>()

export function subscribeToReachability(changed: () => void): () => void {
  listeners.add(changed)
  return () => listeners.delete(changed)
}

export const isUnreachable = () => unreachable

/** What every call tells: whether the server has answered it, with whatever status. */
export function reportAnswer(answered: boolean) {
  if (answered) {
    doubted = false
    change(false)
  } else if (!doubted) {
    doubted = true
    setTimeout(probe, firstProbeMs)
  }
}

async function probe() {
  if (!doubted) return
  if (await answers()) return reportAnswer(true)
  change(true)
  setTimeout(probe, probeMs)
}

async function answers(): Promise<boolean> {
  try {
    return (await fetch('/health/live', { cache: 'no-store' })).status < 500
  } catch {
    return false
  }
}

function change(value: boolean) {
  if (unreachable === value) return
  unreachable = value
  for (const changed of listeners) changed()
}
