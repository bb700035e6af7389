import type { ImportCharset, ImportPreview } from '@/api/types'
import { Field, Select } from '@/ui/field'
import { charsets } from './charsets'

type Props = {
  /** How the server would read the file, once it has told. */
  preview: ImportPreview | undefined
  /** Whether it has told of the whole file, not only of its beginning. */
  isWhole: boolean
  /** Empty: the server finds it out. */
  chosen: ImportCharset | ''
  onChoose: (charset: ImportCharset | '') => void
  error: string | undefined
}

/** The first titles as the server reads them, and another charset for when letters look wrong. */
export function CharsetField({ preview, isWhole, chosen, onChoose, error }: Props) {
  const titles = preview?.titles ?? []
  const isGuessed = preview?.charsetGuessed === true
  const isAsked = isGuessed || chosen !== '' || error !== undefined
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      {titles.length > 0 && (
        <p className="text-ink-soft" aria-live="polite">
          Titles, for example{' '}
          {titles.map((title, index) => (
            <span key={title}>
              {index > 0 && ', '}
              <bdi className="wrap-anywhere font-medium text-ink">“{short(title)}”</bdi>
            </span>
          ))}
        </p>
      )}
      <details open={isAsked || undefined}>
        <summary className="w-fit cursor-pointer rounded-md text-ink-soft hover:text-ink">
          More options
        </summary>
        <Field
          label="Charset"
          error={error}
          hint={isGuessed && 'The file does not tell it. Choose another one if letters look wrong.'}
          className="mt-3 sm:w-1/2"
        >
          {(parts) => (
            <Select
              {...parts}
              value={chosen}
              onChange={({ target }) => onChoose(target.value as ImportCharset | '')}
            >
              <option value="">{foundIn(chosen === '' ? preview : undefined, isWhole)}</option>
              {Object.entries(charsets).map(([charset, label]) => (
                <option key={charset} value={charset}>
                  {label}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </details>
    </div>
  )
}

function foundIn(preview: ImportPreview | undefined, isWhole: boolean) {
  if (!preview) return 'Find out'
  const found = preview.charsetGuessed ? 'Guessed by Tarn' : 'Found'
  return `${found}${isWhole ? '' : ' at its beginning'}: ${charsets[preview.charset]}`
}

function short(title: string) {
  return title.length > 60 ? `${title.slice(0, 59)}…` : title
}
