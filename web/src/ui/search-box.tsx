import { Search } from 'lucide-react'
import { useEffect, useState } from 'react'
import { cn } from './cn'
import { Input } from './field'
import { isComposing } from './is-composing'
import { useDebounced } from './use-debounced'

type Props = { label: string; text: string; className?: string; onSearch: (text: string) => void }

/** Searches for what was typed once the typing pauses; Escape empties it. */
export function SearchBox({ label, text, className, onSearch }: Props) {
  const [typed, setTyped] = useState(text)
  const settled = useDebounced(typed)
  const [seen, setSeen] = useState(text)
  if (seen !== text) {
    setSeen(text)
    setTyped(text)
  }
  useEffect(() => {
    if (settled === typed && settled !== text) onSearch(settled)
  }, [settled, typed, text, onSearch])
  return (
    <div className={cn('relative w-36 shrink-0 sm:w-52', className)}>
      <Search
        className="absolute top-2 left-2 size-4 text-ink-faint pointer-coarse:top-3"
        aria-hidden="true"
      />
      <Input
        type="search"
        aria-label={label}
        placeholder={label}
        className="pl-7"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && !isComposing(event) && setTyped('')}
      />
    </div>
  )
}
