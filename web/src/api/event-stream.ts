/** What stands between two empty lines of `text/event-stream`. Without data it only moves the position. */
export type EventBlock = { event: string; id: string | null; data: string | null }

/**
 * Reads server-sent events from text that comes in pieces. Lines end with LF or CRLF. What the
 * packages for this leave out, and a heartbeat needs: an id without data counts, too.
 */
export function createEventParser(onBlock: (block: EventBlock) => void): (text: string) => void {
  const empty: EventBlock = { event: 'message', id: null, data: null }
  let rest = ''
  let block = { ...empty }

  function onLine(line: string) {
    if (line === '') {
      onBlock(block)
      block = { ...empty }
      return
    }
    const [, field, value = ''] = /^([^:]*)(?:: ?(.*))?$/.exec(line) ?? []
    if (field === 'event') block.event = value
    else if (field === 'id') block.id = value
    else if (field === 'data') block.data = block.data === null ? value : `${block.data}\n${value}`
  }

  return (text) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) onLine(line.replace(/\r$/, ''))
  }
}
