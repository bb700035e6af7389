import { useId } from 'react'
import { Input } from '@/ui/field'

type Props = {
  label: string
  /** The hour meant by whoever says only the day. */
  usualTime: string
  error?: string | undefined
  value: string
  onChange: (value: string) => void
  onBlur: () => void
}

export function DateTimeField({ label, usualTime, error, value, onChange, onBlur }: Props) {
  const id = useId()
  const [date = '', time = ''] = value.split('T')
  const shared = {
    onBlur,
    'aria-invalid': error ? true : undefined,
    'aria-describedby': error ? `${id}-note` : undefined,
  } as const
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
          onChange={({ target }) =>
            onChange(target.value && `${target.value}T${time || usualTime}`)
          }
          className="min-w-0 grow"
        />
        {date && (
          <span className="w-23 shrink-0">
            <Input
              {...shared}
              type="time"
              aria-label={`${label} at`}
              value={time}
              onChange={({ target }) => onChange(`${date}T${target.value || usualTime}`)}
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
