import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '@/ui/button'
import { cn } from '@/ui/cn'
import { Select } from '@/ui/field'
import { legible } from '@/ui/legible'
import { SearchBox } from '@/ui/search-box'
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
  const change = useChange()
  return (
    <SearchBox label="Search tasks" text={text} onSearch={(next) => void change({ text: next })} />
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
