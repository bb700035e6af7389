import { Select } from '@/ui/field'
import { SearchBox } from '@/ui/search-box'
import { type ItemSearch, itemOrders, itemSearch } from './item-search'

type Props = { search: ItemSearch; onSearch: (search: ItemSearch) => void }

export function ItemFilters({ search, onSearch }: Props) {
  return (
    <search className="flex items-center gap-1.5">
      <SearchBox
        label="Search items"
        text={search.name ?? ''}
        onSearch={(name) => onSearch(itemSearch({ ...search, name }))}
      />
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
