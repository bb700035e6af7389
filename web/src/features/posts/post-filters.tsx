import type { User } from '@/api/types'
import { Select } from '@/ui/field'
import { legible } from '@/ui/legible'
import { SearchBox } from '@/ui/search-box'
import { type PostSearch, postSearch } from './post-search'
import { useAuthors, useMembers } from './use-authors'

const none: never[] = []
const byName = (one: User, other: User) => one.name.localeCompare(other.name)

type Props = { projectId: string; search: PostSearch; onSearch: (search: PostSearch) => void }

export function PostFilters({ projectId, search, onSearch }: Props) {
  const { words = '', author = '' } = search
  const members = [...useMembers(projectId)].sort(byName)
  const isMember = members.some(({ id }) => id === author)
  const nameOf = useAuthors(projectId, author ? [{ authorId: author }] : none)
  return (
    <search className="flex items-center gap-1.5">
      <SearchBox
        label="Search posts"
        text={words}
        onSearch={(next) => onSearch(postSearch({ ...search, words: next }))}
      />
      {(members.length > 1 || author) && (
        <Select
          aria-label="Author"
          value={author}
          onChange={({ target }) => onSearch(postSearch({ ...search, author: target.value }))}
        >
          <option value="">By any author</option>
          {members.map(({ id, name }) => (
            <option dir="auto" key={id} value={id}>
              {legible(name)}
            </option>
          ))}
          {author && !isMember && (
            <option dir="auto" value={author}>
              {legible(nameOf(author))}
            </option>
          )}
        </Select>
      )}
    </search>
  )
}
