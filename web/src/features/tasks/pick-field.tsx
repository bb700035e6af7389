import { ChevronDown } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { Popover } from '@/ui/popover'

type Option = { id: string; name: string; sign: ReactNode }
type Props = {
  label: string
  nothing: string
  options: Option[]
  error?: string | undefined
  value: string[]
  onChange: (value: string[]) => void
}

/** Several out of a few. */
export function PickField({ label, nothing, options, error, value, onChange }: Props) {
  const id = useId()
  const chosen = options.filter((option) => value.includes(option.id))
  const toggle = (one: string) =>
    onChange(value.includes(one) ? value.filter((other) => other !== one) : [...value, one])
  return (
    <div className="grid min-w-0 content-start gap-1">
      <span id={id} className="font-medium text-ink-soft">
        {label}
      </span>
      <Popover
        label={label}
        trigger={
          <button
            type="button"
            aria-labelledby={`${id} ${id}-value`}
            className="flex min-h-8 w-full min-w-0 items-center gap-1.5 rounded-md border border-line-strong/60 bg-surface px-2 text-left shadow-lift hover:border-line-strong disabled:bg-sunken pointer-coarse:min-h-10"
          >
            <span id={`${id}-value`} className="flex min-w-0 grow flex-wrap gap-x-2 gap-y-1 py-1">
              {chosen.length === 0 && <span className="text-ink-faint">{nothing}</span>}
              {chosen.map((option) => (
                <span key={option.id} className="flex min-w-0 items-center gap-1">
                  <span aria-hidden="true" className="flex">
                    {option.sign}
                  </span>
                  <span dir="auto" className="truncate">
                    {option.name}
                  </span>
                </span>
              ))}
            </span>
            <ChevronDown className="size-3.5 shrink-0 text-ink-faint" aria-hidden="true" />
          </button>
        }
      >
        {options.length === 0 && (
          <p className="px-2 py-1.5 text-ink-soft">There are none yet. Add some in the settings.</p>
        )}
        {options.map((option) => (
          <label
            key={option.id}
            className="flex cursor-pointer items-center gap-2 rounded-md px-2 py-1.5 hover:bg-hover"
          >
            <input
              type="checkbox"
              className="size-4 shrink-0 accent-accent"
              checked={value.includes(option.id)}
              onChange={() => toggle(option.id)}
            />
            <span aria-hidden="true" className="flex">
              {option.sign}
            </span>
            <span dir="auto" className="truncate">
              {option.name}
            </span>
          </label>
        ))}
      </Popover>
      {error && <p className="text-danger text-xs">{error}</p>}
    </div>
  )
}
