/** What must not be disturbed by the changes of others, as a card that is being dragged. */

const holders = new Set<object>()

/** Lets what others change wait until what this answers is called. */
export function holdChanges(): () => void {
  const holder = {}
  holders.add(holder)
  return () => holders.delete(holder)
}

export const areChangesHeld = () => holders.size > 0
