/** Decimals of the contract, which are text, for people. No number takes part: each digit counts. */

/** Most digits after the point of what is no money. */
const plainPlaces = 6

/** An amount in the digits of its currency, as people here write it. */
export function formatAmount(value: string, currency: string | null, locale?: string): string {
  const parts = partsOf(value)
  if (!parts) return value
  const shown = rounded(parts, currency)
  return written(shown, formatOf(locale, currency, shown.rest.length), true, locale)
}

/** All digits of a decimal, as people here write it; not grouped where someone edits or copies it. */
export function formatDecimal(value: string, grouped = true, locale?: string): string {
  const parts = partsOf(value)
  return parts ? written(parts, formatOf(locale, null, parts.rest ? 1 : 0), grouped, locale) : value
}

/**
 * What someone here has typed, as the contract writes it; null when it is no number. A point may
 * always be written, unless it stands where people here group thousands.
 */
export function readDecimal(typed: string, locale?: string): string | null {
  const { local, isGroup, toLatin } = formsOf(locale)
  const text = toLatin(typed)
  const found = local.exec(text) ?? plain.exec(text)
  const { sign = '', whole = '', rest = '' } = found?.groups ?? {}
  const digits = Array.from(whole, (one) => (isGroup.test(one) ? '' : one)).join('')
  if (!digits && !rest) return null
  return `${sign}${digits || '0'}${rest && `.${rest}`}`
}

/** Whether an amount is more exact than what is shown of it. */
export function isShortened(value: string, currency: string | null): boolean {
  const parts = partsOf(value)
  if (!parts) return false
  return parts.rest.replace(/0+$/, '') !== rounded(parts, currency).rest.replace(/0+$/, '')
}

/** What stands around the digits, in which order, is read off a small sample. */
function written(
  { negative, whole, rest }: Parts,
  format: Intl.NumberFormat,
  grouped: boolean,
  locale?: string,
): string {
  return format
    .formatToParts(negative ? -1 : 1)
    .map(({ type, value: text }) => {
      if (type === 'integer')
        return grouped ? formatOf(locale, null, 0).format(BigInt(whole)) : digitsIn(locale, whole)
      if (type === 'fraction') return digitsIn(locale, rest)
      return text
    })
    .join('')
}

type Forms = { local: RegExp; isGroup: RegExp; toLatin: (text: string) => string }

const plain = /^(?<sign>[+-]?)(?<whole>\d*)(?:\.(?<rest>\d*))?$/
const formsKnown = new Map<string | undefined, Forms>()

/** How people of a locale write decimals. Spaces group thousands everywhere. */
function formsOf(locale: string | undefined): Forms {
  const known = formsKnown.get(locale)
  if (known) return known
  const sample = formatOf(locale, null).formatToParts(1234567.5)
  const sign = (of: 'decimal' | 'group') =>
    (sample.find(({ type }) => type === of)?.value ?? '').replace('’', "’'").replace(/\W/g, '\\$&')
  const group = `[${sign('group')}\\s]`
  const thousands = `[1-9]\\d{0,2}(?<group>${group})(?:\\d{2,3}\\k<group>)*\\d{3}`
  const digits = Array.from('0123456789', (digit) => digitsIn(locale, digit))
  const forms = {
    local: new RegExp(
      `^(?<sign>[+-]?)(?<whole>\\d*|${thousands})(?:[${sign('decimal')}](?<rest>\\d*))?$`,
    ),
    isGroup: new RegExp(group),
    toLatin: (text: string) =>
      text
        .trim()
        .replace(/[\u061c\u200b-\u200f\u2060\ufeff]/g, '')
        .replace(/[‐‑‒–−﹣－]/g, '-')
        .replace(/\p{Nd}/gu, (one) => {
          const value = digits.indexOf(one)
          return value < 0 ? one : String(value)
        }),
  }
  formsKnown.set(locale, forms)
  return forms
}

type Parts = { negative: boolean; whole: string; rest: string }

function partsOf(value: string): Parts | null {
  const found = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(value)
  return found && { negative: found[1] === '-', whole: found[2] ?? '', rest: found[3] ?? '' }
}

/** Halves go away from zero, as on a bill. */
function rounded({ negative, whole, rest }: Parts, currency: string | null): Parts {
  const places = currency ? placesOf(currency) : plainPlaces
  const kept = BigInt(whole + rest.slice(0, places).padEnd(places, '0'))
  const all = kept + ((rest[places] ?? '0') >= '5' ? 1n : 0n)
  const text = all.toString().padStart(places + 1, '0')
  const end = text.length - places
  const digits = text.slice(end)
  return {
    negative: negative && all > 0n,
    whole: text.slice(0, end),
    rest: currency ? digits : digits.replace(/0+$/, ''),
  }
}

function placesOf(currency: string): number {
  return formatOf('en', currency).resolvedOptions().maximumFractionDigits ?? 2
}

/** The same digits in those of the locale; leading zeros stay. */
function digitsIn(locale: string | undefined, digits: string): string {
  const one = formatOf(locale, null, 0)
  return Array.from(digits, (digit) => one.format(BigInt(digit))).join('')
}

const formats = new Map<string, Intl.NumberFormat>()

/** Making one is slow, and a table wants hundreds. */
function formatOf(locale: string | undefined, currency: string | null, places?: number) {
  const key = `${locale} ${currency} ${places}`
  const known = formats.get(key)
  if (known) return known
  const format = new Intl.NumberFormat(locale, {
    ...(currency ? { style: 'currency', currency } : {}),
    ...(places === undefined
      ? {}
      : { minimumFractionDigits: places, maximumFractionDigits: places }),
  })
  formats.set(key, format)
  return format
}
