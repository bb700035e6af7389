/**
 * Dates and timestamps of the contract against the calendar of whoever looks at them. A date such as
 * `2026-12-24` is the same everywhere; a timestamp is shown in the reader's time zone.
 */

const dayMs = 86_400_000

let readerZone: string | undefined

/** The zone of the signed-in user's account; the browser's while nobody is signed in. */
export function setReaderZone(name: string | undefined) {
  readerZone = name !== undefined && isZone(name) ? name : undefined
}

/** The zone of this browser. */
export function browserZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

const isDate = (value: string) => !value.includes('T')

const formats = new Map<string, Intl.DateTimeFormat>()

/** The browser's language if it is English, as the words beside dates are. */
const english = () => (navigator.language.startsWith('en') ? navigator.language : 'en-GB')

function format(
  options: Intl.DateTimeFormatOptions,
  zone: string | undefined,
  locale: string = english(),
) {
  const key = JSON.stringify([locale, zone, options])
  const known = formats.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(locale, zone ? { ...options, timeZone: zone } : options)
  formats.set(key, made)
  return made
}

/** What the clock on the reader's wall says at a timestamp, as if that were UTC. */
function wallTime(at: Date): number {
  const parts = format(
    {
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    },
    readerZone,
    'en',
  ).formatToParts(at)
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((one) => one.type === type)?.value)
  const wall = new Date(0)
  wall.setUTCFullYear(part('year'), part('month') - 1, part('day'))
  wall.setUTCHours(part('hour'), part('minute'), part('second'))
  return wall.getTime()
}

/** The day of a date, or of a timestamp where the reader is, as midnight in UTC. */
function dayAt(value: string | Date): number {
  if (typeof value === 'string' && isDate(value)) return Date.parse(`${value}T00:00:00Z`)
  return Math.floor(wallTime(new Date(value)) / dayMs) * dayMs
}

export function dayOf(value: string, now: Date): { text: string; days: number } {
  const day = dayAt(value)
  const days = Math.round((day - dayAt(now)) / dayMs)
  return { text: words(new Date(day), days, now), days }
}

/** Whether its day has ended where the reader is, or its time has passed. */
export function isOver(value: string, now: Date): boolean {
  return isDate(value) ? dayAt(value) < dayAt(now) : new Date(value) < now
}

function words(day: Date, days: number, now: Date) {
  if (days === 0) return 'Today'
  if (days === 1) return 'Tomorrow'
  if (days === -1) return 'Yesterday'
  if (days > 1 && days < 7) return format({ weekday: 'long' }, 'UTC').format(day)
  const sameYear = day.getUTCFullYear() === new Date(dayAt(now)).getUTCFullYear()
  const options = { day: 'numeric', month: 'short' } as const
  return format(sameYear ? options : { ...options, year: 'numeric' }, 'UTC').format(day)
}

/** The time of a timestamp, such as "17:00"; nothing for a date. */
export function timeOf(value: string): string {
  if (isDate(value)) return ''
  return format({ hour: '2-digit', minute: '2-digit' }, readerZone).format(new Date(value))
}

export function fullDate(value: string): string {
  if (isDate(value)) return format({ dateStyle: 'medium' }, 'UTC').format(new Date(dayAt(value)))
  return format({ dateStyle: 'medium', timeStyle: 'short' }, readerZone).format(new Date(value))
}

export function plainDate(instant: string): string {
  return format({ dateStyle: 'medium' }, readerZone).format(new Date(instant))
}

/** "at 14:03", or "on 3 Nov at 14:03" when that was not today. */
export function atTime(instant: string, now: Date): string {
  const time = timeOf(instant)
  const isToday = dayAt(instant) === dayAt(now)
  return isToday ? `at ${time}` : `on ${plainDate(instant)} at ${time}`
}

export function ago(instant: string, now: Date): string {
  const seconds = (new Date(instant).getTime() - now.getTime()) / 1000
  const format = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })
  const steps = [
    ['day', 86_400],
    ['hour', 3_600],
    ['minute', 60],
  ] as const
  for (const [unit, size] of steps)
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit)
  return 'just now'
}

/** The two halves that date and time inputs hold; a date has no time. */
export function toInputs(value: string | null): { date: string; time: string } {
  if (!value) return { date: '', time: '' }
  if (isDate(value)) return { date: value, time: '' }
  const [date = '', time = ''] = new Date(wallTime(new Date(value))).toISOString().split('T')
  return { date, time: time.slice(0, 5) }
}

export function fromInputs(date: string, time: string): string | null {
  const wall = Date.parse(`${date}T${time || '00:00'}Z`)
  if (!date || Number.isNaN(wall)) return null
  return time ? timestampOf(wall).toISOString().replace('.000Z', 'Z') : date
}

/** When the reader's clock shows this; of a time that it shows twice the first. */
function timestampOf(wall: number): Date {
  const offsets = [wall - dayMs, wall + dayMs].map((at) => wallTime(new Date(at)) - at)
  const found = offsets.find((offset) => wallTime(new Date(wall - offset)) === wall)
  return new Date(wall - (found ?? offsets[0] ?? 0))
}
