import { cn } from './cn'

const tints = [
  'bg-[oklch(0.45_0.09_205)]',
  'bg-[oklch(0.46_0.11_255)]',
  'bg-[oklch(0.46_0.12_300)]',
  'bg-[oklch(0.46_0.12_350)]',
  'bg-[oklch(0.45_0.1_45)]',
  'bg-[oklch(0.44_0.09_140)]',
]

export function Avatar({ id, name, className }: { id: string; name: string; className?: string }) {
  const tint = tints[[...id].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % tints.length]
  return (
    <span
      role="img"
      aria-label={name}
      title={name}
      className={cn(
        'inline-grid size-5 shrink-0 place-items-center rounded-full font-semibold text-[0.625rem] text-white leading-none',
        tint,
        className,
      )}
    >
      {initialsOf(name)}
    </span>
  )
}

export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean)
  const first = [...(words[0] ?? '?')][0] ?? '?'
  const last = words.length > 1 ? ([...(words.at(-1) ?? '')][0] ?? '') : ''
  return (first + last).toUpperCase()
}
