import type { JobView, RunView } from '@/api/types'
import { ago } from '@/ui/dates'

/** "Empty trash" for `empty-trash`. */
export function titleOf({ name }: Pick<JobView, 'name'>): string {
  const words = name.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** "next in 8 minutes", or "next within a minute". */
export function nextRunOf(at: string, now: Date): string {
  return new Date(at).getTime() - now.getTime() < 60_000
    ? 'next within a minute'
    : `next ${ago(at, now)}`
}

/** "every 10 minutes" or "daily at 03:20 UTC". */
export function scheduleOf({ every, dailyAt }: Pick<JobView, 'every' | 'dailyAt'>): string {
  if (dailyAt) return `daily at ${dailyAt} UTC`
  const minutes = minutesOf(every ?? '')
  if (minutes === 1) return 'every minute'
  if (minutes === 60) return 'every hour'
  return minutes % 60 === 0 ? `every ${minutes / 60} hours` : `every ${minutes} minutes`
}

/** The minutes of an ISO 8601 duration of hours and minutes. */
function minutesOf(duration: string): number {
  const [, hours = '0', minutes = '0'] = /^PT(?:(\d+)H)?(?:(\d+)M)?$/.exec(duration) ?? []
  return Number(hours) * 60 + Number(minutes)
}

/** "3 sessions, 1 refresh token"; nothing when all are 0. */
export function countsOf({ counts }: Pick<RunView, 'counts'>): string {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([what, count]) => `${count.toLocaleString()} ${nounOf(what, count)}`)
    .join(', ')
}

/** "refresh token" or "refresh tokens" for `refreshTokens`. */
function nounOf(counted: string, count: number): string {
  const words = counted.replace(/[A-Z]/g, (big) => ` ${big.toLowerCase()}`)
  return count === 1 ? words.replace(/(ss)es$|s$/, '$1') : words
}

/** How long it took: "420 ms", "3.2 s", "2 min 5 s". */
export function tookOf({ startedAt, endedAt }: Pick<RunView, 'startedAt' | 'endedAt'>): string {
  if (!endedAt) return ''
  const millis = new Date(endedAt).getTime() - new Date(startedAt).getTime()
  if (millis < 1_000) return `${millis} ms`
  if (millis < 60_000) return `${(millis / 1_000).toFixed(1)} s`
  return `${Math.floor(millis / 60_000)} min ${Math.round((millis % 60_000) / 1_000)} s`
}

export const outcomeWords: Record<NonNullable<RunView['outcome']>, string> = {
  succeeded: 'Succeeded',
  failed: 'Failed',
  lost: 'Taken over by another worker',
}
