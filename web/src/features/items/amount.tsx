import { cn } from '@/ui/cn'
import { toast } from '@/ui/toast'
import { formatAmount, formatDecimal, isShortened } from './decimals'

type Props = {
  value: string
  currency: string | null
  exact?: boolean
  /** Where the digits that are not shown come up. */
  side?: 'above' | 'below'
}

/** More than this is shown when one points at it. */
const maxShownLength = 60

/** An amount in the digits of its currency; all of its digits when one points at it. */
export function Amount({ value, currency, exact = true, side = 'below' }: Props) {
  const shown = `${exact ? '' : '≈ '}${formatAmount(value, currency)}`
  if (exact && !isShortened(value, currency) && shown.length <= maxShownLength)
    return <span className="block wrap-anywhere tabular-nums">{shown}</span>
  const full = [exact ? '' : 'about ', formatDecimal(value), currency ? ` ${currency}` : ''].join(
    '',
  )
  const copy = async () => {
    // Browsers offer the clipboard on https only.
    await navigator.clipboard?.writeText(formatDecimal(value, false))
    if (navigator.clipboard) toast('All digits are copied.')
  }
  return (
    <button
      type="button"
      onClick={() => void copy()}
      className="group relative block w-full cursor-help rounded-sm text-right"
    >
      <span aria-hidden="true" className="line-clamp-2 wrap-anywhere tabular-nums">
        {shown}
      </span>
      <span className="sr-only">{full}</span>
      <span
        aria-hidden="true"
        className={cn(
          'absolute right-0 z-20 hidden max-h-48 w-max max-w-72 overflow-hidden rounded-md border border-line bg-raised px-2 py-1 text-left font-normal text-ink-soft text-xs wrap-anywhere shadow-float group-hover:block group-focus-visible:block',
          side === 'above' ? 'bottom-full mb-1' : 'top-full mt-1',
        )}
      >
        {full}
      </span>
    </button>
  )
}
