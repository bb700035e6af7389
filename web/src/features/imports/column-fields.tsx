import { Field, FormMessage, Select } from '@/ui/field'
import { type Columns, columnsOf, fieldNames, fields, type TaskField } from './columns-of'

type Props = {
  header: string[]
  chosen: Columns
  onChoose: (chosen: Columns) => void
  /** What the server says of the columns as a whole, and whether it misses the one of the titles. */
  error: string | undefined
  isTitleMissing: boolean
}

/** Which column of a table becomes what. */
export function ColumnFields({ header, chosen, onChoose, error, isTitleMissing }: Props) {
  const { kept } = columnsOf(header, chosen)
  const byNames = columnsOf(header, {}).becomes
  const isFound = (field: TaskField) => field === 'title' || byNames[field].length > 0
  const choose = (field: TaskField, column: string) => {
    const others = Object.entries(chosen).filter(
      ([name, other]) => name !== field && other !== column,
    )
    onChoose(Object.fromEntries(column ? [...others, [field, column]] : others))
  }
  const select = (field: TaskField) => (
    <ColumnSelect
      key={field}
      field={field}
      header={header}
      chosen={chosen}
      error={field === 'title' && isTitleMissing ? askForTitle : undefined}
      onChoose={(column) => choose(field, column)}
    />
  )
  return (
    <fieldset className="grid gap-3 rounded-xl border border-line p-4 pt-2">
      <legend className="px-1 font-medium text-ink-soft">Columns</legend>
      <FormMessage>{error}</FormMessage>
      <div className={grid}>{fieldNames.filter(isFound).map(select)}</div>
      <details>
        <summary className="w-fit cursor-pointer rounded-md text-ink-soft hover:text-ink">
          Further fields
        </summary>
        <div className={`${grid} mt-3`}>
          {fieldNames.filter((field) => !isFound(field)).map(select)}
        </div>
      </details>
      {kept.length > 0 && (
        <p className="wrap-anywhere text-ink-faint text-xs">
          Kept as text in the description: {kept.join(', ')}.
        </p>
      )}
    </fieldset>
  )
}

const grid = 'grid grid-cols-2 gap-x-3 gap-y-3 sm:gap-x-4'
const askForTitle = 'Choose the column that holds the titles.'

type SelectProps = {
  field: TaskField
  header: string[]
  chosen: Columns
  error: string | undefined
  onChoose: (column: string) => void
}

function ColumnSelect({ field, header, chosen, error, onChoose }: SelectProps) {
  const { [field]: column = '', ...others } = chosen
  const byName = columnsOf(header, others).becomes[field]
  const isAsked = field === 'title' && !column && byName.length === 0
  return (
    <Field label={fields[field].label} error={error} hint={isAsked && askForTitle}>
      {(parts) => (
        <Select {...parts} value={column} onChange={({ target }) => onChoose(target.value)}>
          <option value="">{byName.join(', ') || 'No column'}</option>
          {[...new Set(header)]
            .filter((name) => byName.length !== 1 || name !== byName[0])
            .map((name) => (
              <option key={name}>{name}</option>
            ))}
        </Select>
      )}
    </Field>
  )
}
