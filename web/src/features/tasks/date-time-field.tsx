import { useId } from 'react'
import { Input } from '@/ui/field'

type Props = {
  label: string
  error?: string | undefined
  /** `YYYY-MM-DD`, or `YYYY-MM-DDThh:mm` on the reader's wall clock; empty for none. */
  value: string
  onChange: (value: string) => void
  onBlur: () => void
}

/** A date, and a time for whoever wants one. */
export function DateTimeField({ label, error, value, onChange, onBlur }: Props) {
  const id = useId()
  const [date = '', time = ''] = value.split('T')
  const shared = {
    onBlur,
    'aria-invalid': error ? true : undefined,
    'aria-describedby': error ? `${id}-note` : undefined,
  } as const
  const change = (day: string, hour: string) => onChange(day && hour ? `${day}T${hour}` : day)
  return (
    <div className="grid content-start gap-1">
      <label htmlFor={id} className="font-medium text-ink-soft">
        {label}
      </label>
      <div className="flex gap-1">
        <Input
          {...shared}
          id={id}
          type="date"
          max="9999-12-31"
          value={date}
          onChange={({ target }) => change(target.value, time)}
          className="min-w-0 grow"
        />
        {date && (
          <span className="w-23 shrink-0">
            <Input
              {...shared}
              type="time"
              aria-label={`${label} at`}
              title="A time, if it matters"
              value={time}
              onChange={({ target }) => change(date, target.value)}
              className="[&::-webkit-calendar-picker-indicator]:hidden"
            />
          </span>
        )}
      </div>
      {error && (
        <p id={`${id}-note`} className="text-danger text-xs">
          {error}
        </p>
      )}
    </div>
  )
}
