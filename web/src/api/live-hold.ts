import type { QueryClient } from '@tanstack/react-query'

/** What must not be disturbed by the changes of others, as a card that is being dragged. */

const holders = new Set<object>()

/** Lets what others change wait until what this answers is called. */
export function holdChanges(): () => void {
  const holder = {}
  holders.add(holder)
  return () => holders.delete(holder)
}

export const areChangesHeld = () => holders.size > 0

/** What takes longer, as an import or what waits for a connection, holds up nothing. */
const maxWriteMs = 3_000

/** Whether a change by this page is not answered yet: the page shows it before the server does. */
export const isWriting = (client: QueryClient) =>
  client.isMutating({ predicate: ({ state }) => state.submittedAt > Date.now() - maxWriteMs }) > 0
