import { Field, Select } from './field'

type Props = { value: number; onChange: (uses: number) => void }

/** How many people a link lets in. */
export function UsesField({ value, onChange }: Props) {
  return (
    <Field label="For" hint="Anyone who has the link can use it.">
      {(parts) => (
        <Select {...parts} value={value} onChange={(event) => onChange(Number(event.target.value))}>
          <option value={1}>one person</option>
          <option value={5}>5 people</option>
          <option value={25}>25 people</option>
          <option value={100}>100 people</option>
        </Select>
      )}
    </Field>
  )
}
