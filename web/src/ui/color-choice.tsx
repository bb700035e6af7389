import { Select } from './field'
import { colorName, LabelDot } from './label-chip'

const colors = [
  'gray',
  'red',
  'orange',
  'yellow',
  'green',
  'teal',
  'blue',
  'purple',
  'pink',
  'black',
] as const
type Color = (typeof colors)[number]

type Props = {
  label: string
  value: Color
  disabled?: boolean
  onChange: (color: Color) => void
}

/** A colour by its dot and its name. */
export function ColorChoice({ label, value, disabled = false, onChange }: Props) {
  return (
    <span className="relative shrink-0">
      <LabelDot
        color={value}
        className="pointer-events-none absolute z-10 top-1/2 left-2.5 -translate-y-1/2"
      />
      <Select
        aria-label={label}
        className="w-28 [&>select]:pl-7"
        value={value}
        disabled={disabled}
        onChange={(event) => onChange(event.target.value as Color)}
      >
        {colors.map((color) => (
          <option key={color} value={color}>
            {colorName(color)}
          </option>
        ))}
      </Select>
    </span>
  )
}
