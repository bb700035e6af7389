import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Search, X } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Button } from '@/ui/button'
import { cn } from '@/ui/cn'
import { Input, Select } from '@/ui/field'
import { legible } from '@/ui/legible'
import { useDebounced } from '@/ui/use-debounced'
import { useHotkey } from '@/ui/use-hotkey'
import type { ProjectParts } from './task-queries'
import { isFiltered, type TaskSearch, taskSearch, taskSorts, taskStates } from './task-search'

const route = getRouteApi('/app/projects/$projectId')

export function TaskFilters({ parts }: { parts: ProjectParts }) {
  const search = route.useSearch()
  const change = useChange()
  return (
    <search className="-mx-4 flex items-center gap-1.5 overflow-x-auto px-4 py-0.5 sm:mx-0 sm:px-0.5">
      <TextFilter />
      <Choice
        label="Status"
        value={search.status}
        onChange={(status) => change({ status })}
        all="Any status"
      >
        {Object.entries(taskStates).map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </Choice>
      {parts.labels.length > 0 && (
        <Choice
          label="Label"
          value={search.label}
          onChange={(label) => change({ label })}
          all="Any label"
        >
          {parts.labels.map(({ id, name, color }) => (
            <option key={id} value={id}>
              {legible(name, `(${color})`)}
            </option>
          ))}
        </Choice>
      )}
      {parts.people.length > 1 && (
        <Choice
          label="Assignee"
          value={search.assignee}
          onChange={(assignee) => change({ assignee })}
          all="Anybody"
        >
          {parts.people.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Choice>
      )}
      {search.view !== 'board' && (
        <Choice
          label="Sort by"
          value={search.sort}
          onChange={(sort) => change({ sort })}
          all="By section"
        >
          {Object.entries(taskSorts).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Choice>
      )}
      {isFiltered(search) && (
        <Button
          variant="ghost"
          size="small"
          onClick={() => change({ text: '', status: '', label: '', assignee: '' })}
        >
          <X className="size-3.5" aria-hidden="true" />
          Clear
        </Button>
      )}
    </search>
  )
}

type Raw = { [Name in keyof TaskSearch]?: string }

/** Everything a control says goes through the same check as a URL somebody typed. */
function useChange() {
  const navigate = useNavigate({ from: '/projects/$projectId' })
  return (change: Raw) =>
    navigate({ search: (was) => taskSearch({ ...was, ...change }), replace: true })
}

function TextFilter() {
  const { text = '' } = route.useSearch()
  const navigate = useNavigate({ from: '/projects/$projectId' })
  const [typed, setTyped] = useState(text)
  const settled = useDebounced(typed)
  const [seen, setSeen] = useState(text)
  const box = useRef<HTMLInputElement>(null)
  useHotkey('/', () => box.current?.focus())
  if (seen !== text) {
    setSeen(text)
    setTyped(text)
  }
  useEffect(() => {
    if (settled === typed && settled !== text)
      void navigate({ search: (was) => ({ ...was, text: settled || undefined }), replace: true })
  }, [settled, typed, text, navigate])
  return (
    <div className="relative w-36 shrink-0 sm:w-52">
      <Search
        className="absolute top-2 left-2 size-4 text-ink-faint pointer-coarse:top-3"
        aria-hidden="true"
      />
      <Input
        ref={box}
        type="search"
        aria-label="Search tasks"
        placeholder="Search tasks"
        className="pl-7"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && setTyped('')}
      />
    </div>
  )
}

type ChoiceProps = {
  label: string
  value: string | undefined
  all: string
  onChange: (value: string) => void
  children: ReactNode
}

function Choice({ label, value, all, onChange, children }: ChoiceProps) {
  return (
    <Select
      aria-label={label}
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value)}
      className={cn(
        'max-w-40 shrink-0',
        value && 'font-medium [&>select]:border-accent [&>select]:bg-accent-wash',
      )}
    >
      <option value="">{all}</option>
      {children}
    </Select>
  )
}
