import { Search } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Input, Select } from '@/ui/field'
import { useDebounced } from '@/ui/use-debounced'
import { useHotkey } from '@/ui/use-hotkey'
import { type ItemSearch, itemOrders, itemSearch } from './item-search'

type Props = { search: ItemSearch; onSearch: (search: ItemSearch) => void }

export function ItemFilters({ search, onSearch }: Props) {
  return (
    <search className="flex items-center gap-1.5">
      <NameFilter search={search} onSearch={onSearch} />
      <Select
        aria-label="Sort by"
        value={search.order ?? ''}
        onChange={({ target }) => onSearch(itemSearch({ ...search, order: target.value }))}
      >
        <option value="">As added</option>
        {Object.entries(itemOrders).map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </Select>
    </search>
  )
}

function NameFilter({ search, onSearch }: Props) {
  const { name = '' } = search
  const [typed, setTyped] = useState(name)
  const settled = useDebounced(typed)
  const [seen, setSeen] = useState(name)
  const box = useRef<HTMLInputElement>(null)
  useHotkey('/', () => box.current?.focus())
  if (seen !== name) {
    setSeen(name)
    setTyped(name)
  }
  useEffect(() => {
    if (settled === typed && settled !== name) onSearch(itemSearch({ ...search, name: settled }))
  }, [settled, typed, name, search, onSearch])
  return (
    <div className="relative w-36 shrink-0 sm:w-52">
      <Search
        className="absolute top-2 left-2 size-4 text-ink-faint pointer-coarse:top-3"
        aria-hidden="true"
      />
      <Input
        ref={box}
        type="search"
        aria-label="Search items"
        placeholder="Search items"
        className="pl-7"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && setTyped('')}
      />
    </div>
  )
}
