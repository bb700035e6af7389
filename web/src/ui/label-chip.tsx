import { cn } from './cn'

/** The dot carries the colour and the text stays ink, so every label reads in both themes. */
const dots: Record<string, string> = {
  gray: 'bg-[oklch(0.6_0.01_225)]',
  red: 'bg-[oklch(0.6_0.2_25)]',
  orange: 'bg-[oklch(0.7_0.17_55)]',
  yellow: 'bg-[oklch(0.82_0.16_92)]',
  green: 'bg-[oklch(0.64_0.16_150)]',
  teal: 'bg-[oklch(0.66_0.11_190)]',
  blue: 'bg-[oklch(0.6_0.15_250)]',
  purple: 'bg-[oklch(0.56_0.18_300)]',
  pink: 'bg-[oklch(0.68_0.18_350)]',
  black: 'bg-[oklch(0.3_0.01_225)] dark:bg-[oklch(0.95_0.01_225)]',
}

/** The word for a colour, which the API spells another way. */
export const colorName = (color: string) => (color === 'gray' ? 'grey' : color)

export function LabelDot({ color, className }: { color: string; className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={cn(
        'inline-block size-2.5 shrink-0 rounded-full',
        dots[color] ?? dots.gray,
        className,
      )}
    />
  )
}

export function LabelChip({ name, color }: { name: string; color: string }) {
  const unnamed = name.trim() === ''
  return (
    <span className="inline-flex h-5 max-w-36 items-center gap-1.5 rounded-full border border-line px-1.5 text-ink-soft text-xs">
      <LabelDot color={color} className="size-2" />
      {unnamed ? (
        <span className="italic">{colorName(color)}</span>
      ) : (
        <span dir="auto" className="truncate">
          {name}
        </span>
      )}
    </span>
  )
}
