import { FileUp } from 'lucide-react'
import { useId, useState } from 'react'
import { cn } from '@/ui/cn'

type Props = {
  file: File | null
  onChoose: (file: File | null) => void
  busy: boolean
  tooLarge: boolean
}

export function FileDrop({ file, onChoose, busy, tooLarge }: Props) {
  const id = useId()
  const [over, setOver] = useState(false)
  return (
    <label
      htmlFor={id}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        if (!busy) onChoose(event.dataTransfer.files[0] ?? null)
      }}
      className={cn(
        'grid cursor-pointer justify-items-center gap-1.5 rounded-xl border-2 border-line-strong/60 border-dashed px-4 py-10 text-center transition-colors hover:border-accent has-focus-visible:border-accent has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2',
        over && 'border-accent bg-accent-wash',
      )}
    >
      <FileUp className="size-8 text-accent" aria-hidden="true" />
      <input
        id={id}
        type="file"
        accept=".json,.csv,.txt,application/json,text/csv"
        disabled={busy}
        aria-describedby={`${id}-note`}
        className="sr-only"
        onChange={(event) => onChoose(event.target.files?.[0] ?? null)}
      />
      {file ? (
        <span dir="auto" className="wrap-anywhere font-medium">
          {file.name}
        </span>
      ) : (
        <span>
          Drop a file here, or{' '}
          <span className="font-medium text-accent underline underline-offset-2">choose one</span>
        </span>
      )}
      <span id={`${id}-note`} className={tooLarge ? 'text-danger' : 'text-ink-faint text-xs'}>
        {note(file, tooLarge)}
      </span>
    </label>
  )
}

const limits =
  'Trello board (JSON), Todoist or other CSV: up to 100\u00a0MB, 60,000 tasks and 10,000 columns'

function note(file: File | null, tooLarge: boolean) {
  if (!file) return limits
  if (tooLarge) return `${megabytes(file.size)}: that is more than the 100 MB a file may have.`
  return `${megabytes(file.size)} · choose another`
}

function megabytes(bytes: number) {
  if (bytes < 1024 * 1024) return `${Math.max(1, Math.round(bytes / 1024)).toLocaleString()} KB`
  return `${(bytes / 1024 / 1024).toLocaleString(undefined, { maximumFractionDigits: 1 })} MB`
}
