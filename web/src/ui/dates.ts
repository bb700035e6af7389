/** Instants of the contract against the calendar of whoever looks at them. */

const dayMs = 86_400_000

export function dayOf(instant: string, now: Date): { text: string; days: number } {
  const date = new Date(instant)
  const days = Math.round((startOfDay(date) - startOfDay(now)) / dayMs)
  return { text: words(date, days, now), days }
}

function words(date: Date, days: number, now: Date) {
  if (days === 0) return 'Today'
  if (days === 1) return 'Tomorrow'
  if (days === -1) return 'Yesterday'
  if (days > 1 && days < 7) return date.toLocaleDateString(undefined, { weekday: 'long' })
  const sameYear = date.getFullYear() === now.getFullYear()
  return date.toLocaleDateString(undefined, {
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
  })
}

function startOfDay(date: Date) {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
}

export function fullDate(instant: string): string {
  return new Date(instant).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })
}

export function plainDate(instant: string): string {
  return new Date(instant).toLocaleDateString(undefined, { dateStyle: 'medium' })
}

/** "at 14:03", or "on 3 Nov at 14:03" when that was not today. */
export function atTime(instant: string, now: Date): string {
  const at = new Date(instant)
  const time = at.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' })
  const isToday = startOfDay(at) === startOfDay(now)
  return isToday ? `at ${time}` : `on ${plainDate(instant)} at ${time}`
}

export function ago(instant: string, now: Date): string {
  const seconds = (new Date(instant).getTime() - now.getTime()) / 1000
  const format = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' })
  const steps = [
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
  ] as const
  for (const [unit, size] of steps)
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit)
  return 'just now'
}

/** The two halves that date and time inputs hold. */
export function toInputs(instant: string | null): { date: string; time: string } {
  if (!instant) return { date: '', time: '' }
  const at = new Date(instant)
  const two = (part: number) => String(part).padStart(2, '0')
  const year = String(at.getFullYear()).padStart(4, '0')
  return {
    date: `${year}-${two(at.getMonth() + 1)}-${two(at.getDate())}`,
    time: `${two(at.getHours())}:${two(at.getMinutes())}`,
  }
}

export function fromInputs(date: string, time: string): string | null {
  if (!date) return null
  const at = new Date(`${date}T${time || '00:00'}`)
  return Number.isNaN(at.getTime()) ? null : at.toISOString().replace('.000Z', 'Z')
}
