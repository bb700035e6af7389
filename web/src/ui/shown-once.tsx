import { Check, Copy } from 'lucide-react'
import { useRef, useState } from 'react'
import { Button } from './button'
import { FormMessage, Input } from './field'

type Props = {
  /** What it is called in a sentence, such as “token”. */
  noun: string
  value: string
  /** Whether the user has tried to leave without saying that it is copied. */
  isWarned: boolean
  onDone: () => void
}

/** A secret that is never shown again. A slip of a key or a click beside it does not close it. */
export function ShownOnce({ noun, value, isWarned, onDone }: Props) {
  const field = useRef<HTMLInputElement>(null)
  const [copied, setCopied] = useState(false)
  const [isSelected, setSelected] = useState(false)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value)
      setCopied(true)
    } catch {
      // Browsers offer the clipboard on https only, and may refuse it there.
      field.current?.focus()
      field.current?.select()
      setSelected(true)
    }
  }
  return (
    <div className="grid gap-4">
      <p className="text-ink-soft">
        Copy it now: it is shown this one time only, and kept nowhere in readable form.
      </p>
      <div className="flex gap-2">
        <Input
          ref={field}
          readOnly
          aria-label={`The ${noun}`}
          value={value}
          className="font-mono"
          onFocus={(event) => event.target.select()}
        />
        <Button onClick={copy}>
          {copied ? (
            <Check className="size-4" aria-hidden="true" />
          ) : (
            <Copy className="size-4" aria-hidden="true" />
          )}
          {copied ? 'Copied' : 'Copy'}
        </Button>
      </div>
      {isSelected && (
        <p role="status" className="text-ink-soft">
          This browser does not let Tarn copy here. The {noun} is selected: press Ctrl+C, or ⌘C on a
          Mac.
        </p>
      )}
      {isWarned && (
        <FormMessage>{`The ${noun} is never shown again: copy it, then choose “I have copied it”.`}</FormMessage>
      )}
      <Button variant="primary" className="justify-self-end" onClick={onDone}>
        I have copied it
      </Button>
    </div>
  )
}
