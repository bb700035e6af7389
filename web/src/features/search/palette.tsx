import { useNavigate } from '@tanstack/react-router'
import { Search } from 'lucide-react'
import { type KeyboardEvent, useId, useState } from 'react'
import { explain } from '@/api/api-problem'
import { cn } from '@/ui/cn'
import { Dialog } from '@/ui/dialog'
import { Input } from '@/ui/field'
import { isComposing } from '@/ui/is-composing'
import { ErrorLine } from '@/ui/states'
import { PaletteList } from './palette-list'
import type { Option } from './palette-options'
import { usePalette } from './use-palette'

type Props = { projectId: string | undefined; onClose: () => void; onHelp: () => void }

/** Finds projects, tasks, posts, people and actions, and goes there: the keyboard stays in its box. */
export function Palette({ projectId, onClose, onHelp }: Props) {
  const palette = usePalette(projectId)
  const navigate = useNavigate()
  const listId = useId()
  const [at, setAt] = useState(0)
  const options = palette.groups.flatMap((group) => group.options)
  const active = options[Math.min(at, options.length - 1)]
  const activeId = active && `${listId}-${active.id}`

  const pick = ({ target }: Option) => {
    setAt(0)
    if (target === 'help') {
      onClose()
      onHelp()
    } else if ('user' in target) palette.showPerson(target.user)
    else {
      onClose()
      void navigate(target.page)
    }
  }
  const step = (by: number) => {
    if (!active) return
    const next = (options.indexOf(active) + by + options.length) % options.length
    setAt(next)
    document
      .getElementById(`${listId}-${options[next]?.id}`)
      ?.scrollIntoView?.({ block: 'nearest' })
  }
  const keys: Record<string, () => void> = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    Home: () => setAt(0),
    End: () => setAt(options.length - 1),
    // What is still being searched for is not what Enter was meant for.
    Enter: () => active && !palette.isSearching && pick(active),
    ...(palette.person && palette.typed === ''
      ? { Backspace: () => palette.showPerson(null) }
      : {}),
  }
  const press = (event: KeyboardEvent) => {
    const run = isComposing(event) ? undefined : keys[event.key]
    if (!run) return
    event.preventDefault()
    run()
  }

  return (
    <Dialog open onClose={onClose} title="Search" wide>
      <div className="relative">
        <Search
          className="absolute top-2 left-2 size-4 text-ink-faint pointer-coarse:top-3"
          aria-hidden="true"
        />
        <Input
          role="combobox"
          aria-label="Search everything"
          aria-autocomplete="list"
          aria-expanded={options.length > 0}
          aria-controls={listId}
          {...(activeId ? { 'aria-activedescendant': activeId } : {})}
          placeholder={
            palette.person
              ? `Tasks of ${palette.person.name}`
              : 'Projects, tasks, posts, people, actions'
          }
          className="pl-7"
          dir="auto"
          autoComplete="off"
          maxLength={500}
          value={palette.typed}
          onChange={({ target }) => {
            setAt(0)
            palette.type(target.value)
          }}
          onKeyDown={press}
        />
      </div>
      {projectId && <Scope onlyHere={palette.onlyHere} onChange={palette.setOnlyHere} />}
      <PaletteList id={listId} groups={palette.groups} active={active} onPick={pick} />
      <div role="status" className="mt-2 grid gap-1 text-ink-soft">
        {palette.isSearching && <p>Searching…</p>}
        {palette.notes.map((note) => (
          <p key={note}>{note}</p>
        ))}
        {options.length === 0 && !palette.isSearching && !palette.error && (
          <p>
            {palette.person
              ? `${palette.person.name} has no open tasks that you see.`
              : 'Nothing has all these words. Try fewer, or only their beginnings.'}
          </p>
        )}
      </div>
      {palette.error && (
        <ErrorLine className="mt-2" message={explain(palette.error)} onRetry={palette.retry} />
      )}
    </Dialog>
  )
}

const places: [onlyHere: boolean, label: string][] = [
  [false, 'Everywhere'],
  [true, 'This project'],
]

function Scope({ onlyHere, onChange }: { onlyHere: boolean; onChange: (only: boolean) => void }) {
  return (
    <div className="mt-2 flex gap-1">
      {places.map(([only, label]) => (
        <button
          key={label}
          type="button"
          aria-pressed={onlyHere === only}
          onClick={() => onChange(only)}
          className={cn(
            'rounded-md border border-line px-2 py-0.5 text-xs pointer-coarse:py-2',
            onlyHere === only ? 'border-accent bg-accent-wash' : 'text-ink-soft',
          )}
        >
          {label}
        </button>
      ))}
    </div>
  )
}
