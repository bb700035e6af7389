/** Decimals of the contract, which are text, for people. No number takes part: each digit counts. */

/** Most digits after the point of what is no money. */
const plainPlaces = 6

/** An amount in the digits of its currency, as people here write it. */
export function formatAmount(value: string, currency: string | null, locale?: string): string {
  const parts = partsOf(value)
  if (!parts) return value
  const { whole, rest, negative } = rounded(parts, currency)
  const format = formatOf(locale, currency, rest.length)
  // What stands around the digits, in which order, is read off a small sample.
  return format
    .formatToParts(negative ? -1 : 1)
    .map(({ type, value: text }) => {
      if (type === 'integer') return formatOf(locale, null, 0).format(BigInt(whole))
      if (type === 'fraction') return digitsIn(locale, rest)
      return text
    })
    .join('')
}

/** Whether an amount is more exact than what is shown of it. */
export function isShortened(value: string, currency: string | null): boolean {
  const parts = partsOf(value)
  if (!parts) return false
  return parts.rest.replace(/0+$/, '') !== rounded(parts, currency).rest.replace(/0+$/, '')
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
