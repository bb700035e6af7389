import { atTime } from './dates'
import { legible } from './legible'

/** Who changed something last; without a name it is not known. */
export type Changer = { isMe: boolean; name: string | null }

/** "Ada changed this at 14:03." One's own change came from another window; `instant`: null when unknown. */
export function changedLine(what: string, { isMe, name }: Changer, instant: string | null): string {
  const when = instant === null ? '' : ` ${atTime(instant, new Date())}`
  return isMe
    ? `You changed ${what}${when}, in another window.`
    : `${name === null ? 'Someone' : legible(name)} changed ${what}${when}.`
}
