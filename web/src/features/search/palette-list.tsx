import type { SearchPart } from '@/api/types'
import { cn } from '@/ui/cn'
import type { Option, OptionGroup } from './palette-options'

type Props = {
  id: string
  groups: OptionGroup[]
  active: Option | undefined
  onPick: (option: Option) => void
}

export function PaletteList({ id, groups, active, onPick }: Props) {
  return (
    <div
      id={id}
      role="listbox"
      aria-label="Found"
      className="mt-3 grid grid-cols-[minmax(0,1fr)] gap-2"
    >
      {groups.map(({ label, options }) => (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset groups fields, not options.
        <div key={label} role="group" aria-label={label}>
          <p aria-hidden="true" className="px-2 pb-1 font-medium text-ink-faint text-xs">
            {label}
          </p>
          {options.map((option) => (
            <PaletteOption
              key={option.id}
              id={`${id}-${option.id}`}
              option={option}
              active={option === active}
              onPick={() => onPick(option)}
            />
          ))}
        </div>
      ))}
    </div>
  )
}

type OptionProps = { id: string; option: Option; active: boolean; onPick: () => void }

function PaletteOption({ id, option: { parts, about }, active, onPick }: OptionProps) {
  return (
    <div
      id={id}
      role="option"
      aria-selected={active}
      tabIndex={-1}
      // The box keeps the focus: the keyboard goes on there.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onPick}
      onKeyDown={undefined}
      className={cn(
        'flex cursor-pointer items-center gap-3 rounded-md px-2 py-1.5 hover:bg-hover pointer-coarse:py-2.5',
        active && 'bg-hover',
      )}
    >
      <span dir="auto" className="min-w-0 truncate">
        {placed(parts).map(({ at, part }) => (
          <Part key={at} part={part} />
        ))}
      </span>
      {about && (
        <span dir="auto" className="ml-auto max-w-2/5 shrink-0 truncate text-ink-faint text-xs">
          {about}
        </span>
      )}
    </div>
  )
}

/** Each with where it begins. */
function placed(parts: SearchPart[]) {
  let at = 0
  return parts.map((part) => {
    const begins = at
    at += part.text.length
    return { at: begins, part }
  })
}

function Part({ part: { text, match } }: { part: SearchPart }) {
  return match ? (
    <mark className="bg-transparent font-semibold text-inherit underline decoration-accent decoration-2 underline-offset-3">
      {text}
    </mark>
  ) : (
    text
  )
}
