const owners = new Set<unknown>()

/** Lets the browser ask before the page is left, for as long as one of those who ask has something to lose. */
export function askBeforeLeaving(owner: unknown, isAtRisk: boolean) {
  if (isAtRisk) owners.add(owner)
  else owners.delete(owner)
  if (owners.size > 0) addEventListener('beforeunload', ask)
  else removeEventListener('beforeunload', ask)
}

function ask(event: BeforeUnloadEvent) {
  event.preventDefault()
}
