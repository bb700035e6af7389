import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { SlidersHorizontal, X } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import { Button } from '@/ui/button'
import { cn } from '@/ui/cn'
import { Select } from '@/ui/field'
import { colorName } from '@/ui/label-chip'
import { legible } from '@/ui/legible'
import { SearchBox } from '@/ui/search-box'
import type { ProjectParts } from './task-queries'
import { isFiltered, type TaskSearch, taskSearch, taskSorts, taskStates } from './task-search'

const route = getRouteApi('/app/projects/$projectId')

/** On a phone they take several lines, so that they wait there behind a button. */
export function TaskFilters({ parts }: { parts: ProjectParts }) {
  const search = route.useSearch()
  const [isOpen, setOpen] = useState(false)
  const id = useId()
  return (
    <search className="flex flex-wrap items-center gap-1.5">
      <TextFilter />
      <Button
        aria-expanded={isOpen}
        aria-controls={id}
        className="pointer-coarse:h-10 sm:hidden"
        onClick={() => setOpen(!isOpen)}
      >
        <SlidersHorizontal className="size-4" aria-hidden="true" />
        Filters <InUse count={choicesIn(search)} />
      </Button>
      <div
        id={id}
        className={cn('grid w-full grid-cols-2 gap-1.5 sm:contents', !isOpen && 'max-sm:hidden')}
      >
        <Choices parts={parts} />
      </div>
    </search>
  )
}

const choicesIn = ({ status, label, assignee }: TaskSearch) =>
  [status, label, assignee].filter(Boolean).length

function InUse({ count }: { count: number }) {
  if (count === 0) return null
  return (
    <span className="rounded-full bg-accent-wash px-1.5 text-accent text-xs tabular-nums">
      {count} <span className="sr-only">in use</span>
    </span>
  )
}

function Choices({ parts }: { parts: ProjectParts }) {
  const search = route.useSearch()
  const change = useChange()
  return (
    <>
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
            <option dir="auto" key={id} value={id}>
              {legible(name, `(${colorName(color)})`)}
            </option>
          ))}
        </Choice>
      )}
      {parts.users.length > 1 && (
        <Choice
          label="Assignee"
          value={search.assignee}
          onChange={(assignee) => change({ assignee })}
          all="Anyone"
        >
          {parts.users.map(({ id, name }) => (
            <option dir="auto" key={id} value={id}>
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
          className="justify-self-start pointer-coarse:h-10"
          onClick={() => change({ text: '', status: '', label: '', assignee: '' })}
        >
          <X className="size-3.5" aria-hidden="true" />
          Clear
        </Button>
      )}
    </>
  )
}

type Raw = { [Name in keyof TaskSearch]?: string }

/** Everything a control says goes through the same check as a URL someone typed. */
function useChange() {
  const navigate = useNavigate({ from: '/projects/$projectId' })
  return (change: Raw) =>
    navigate({ search: (was) => taskSearch({ ...was, ...change }), replace: true })
}

function TextFilter() {
  const { text = '' } = route.useSearch()
  const change = useChange()
  return (
    <SearchBox
      label="Search tasks"
      text={text}
      className="grow sm:grow-0"
      onSearch={(next) => void change({ text: next })}
    />
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
        'min-w-0 sm:max-w-40 sm:shrink-0',
        value && 'font-medium [&>select]:border-accent [&>select]:bg-accent-wash',
      )}
    >
      <option value="">{all}</option>
      {children}
    </Select>
  )
}
