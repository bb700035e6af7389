import { Field, Select } from '@/ui/field'
import { type Charset, charsets, type Found } from './charset'

type Props = {
  found: Found
  chosen: Charset | undefined
  onChoose: (charset: Charset) => void
  titles: string[]
  error: string | undefined
}

/** In which charset a file is read, and how it begins in it: asked for where the bytes do not tell. */
export function CharsetField({ found, chosen, onChoose, titles, error }: Props) {
  const isAsked = !found.isCertain || error !== undefined
  const select = (
    <Field
      label="Charset"
      error={error}
      hint={isAsked && 'The file does not tell it. Choose another one if letters look wrong.'}
      className="sm:w-1/2"
    >
      {(parts) => (
        <Select
          {...parts}
          value={chosen ?? found.charset}
          onChange={({ target }) => onChoose(target.value as Charset)}
        >
          {Object.entries(charsets).map(([charset, label]) => (
            <option key={charset} value={charset}>
              {label}
            </option>
          ))}
        </Select>
      )}
    </Field>
  )
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      {titles.length > 0 && (
        <p className="text-ink-soft" aria-live="polite">
          Begins with{' '}
          {titles.map((title, index) => (
            <span key={title}>
              {index > 0 && ', '}
              <bdi className="wrap-anywhere font-medium text-ink">“{short(title)}”</bdi>
            </span>
          ))}
        </p>
      )}
      {isAsked ? (
        select
      ) : (
        <details open={chosen !== undefined || undefined}>
          <summary className="w-fit cursor-pointer rounded-md text-ink-soft hover:text-ink">
            More options
          </summary>
          <div className="mt-3">{select}</div>
        </details>
      )}
    </div>
  )
}

function short(title: string) {
  return title.length > 60 ? `${title.slice(0, 59)}…` : title
}
