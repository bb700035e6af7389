import { cn } from './cn'
import { LabelDot } from './label-chip'

type Props = { project: { color: string; emoji: string | null }; className?: string }

/** What a project is recognised by at a glance: its emoji, or a dot of its colour. */
export function ProjectMark({ project: { color, emoji }, className }: Props) {
  return (
    <span aria-hidden="true" className={cn('grid size-4 shrink-0 place-items-center', className)}>
      {emoji ?? <LabelDot color={color} />}
    </span>
  )
}
