import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { listed } from '@/api/list-cache'
import { projectsQuery } from '@/api/projects'
import { openTasksOfQuery, searchQuery } from '@/api/search'
import type { SearchResults } from '@/api/types'
import { hasService, type OptionalService } from '@/ui/has-service'
import { useDebounced } from '@/ui/use-debounced'
import {
  actionGroup,
  foundGroups,
  type Person,
  projectGroup,
  tasksOfGroup,
} from './palette-options'

/** How long the typing pauses before it is searched for. */
const pauseMs = 150
const firstProjects = 5
const optional: OptionalService[] = ['posts', 'calculator']

/** What is typed, where it is sought, and what one can choose. */
export function usePalette(projectId: string | undefined) {
  const [typed, setTyped] = useState('')
  const [onlyHere, setOnlyHere] = useState(false)
  const [person, setPerson] = useState<Person | null>(null)
  const found = useWords(typed.trim(), projectId, onlyHere)
  const theirs = useTasksOf(person)
  return {
    typed,
    type: (text: string) => {
      setPerson(null)
      setTyped(text)
    },
    onlyHere,
    setOnlyHere,
    person,
    showPerson: (user: Person | null) => {
      setTyped('')
      setPerson(user)
    },
    ...(person ? theirs : found),
  }
}

function useWords(text: string, projectId: string | undefined, onlyHere: boolean) {
  const settled = useDebounced(text, pauseMs)
  const found = useQuery(searchQuery(settled, onlyHere ? projectId : undefined))
  const { data: projects } = useInfiniteQuery(projectsQuery())
  const actions = actionGroup(text, projectId, optional.filter(hasService))
  if (text === '') {
    const first = projectGroup(listed(projects).slice(0, firstProjects))
    return { groups: filled([first, actions]), isSearching: false, notes: [], error: null, retry }
  }
  const { data, error, isFetching, isPlaceholderData, refetch } = found
  return {
    groups: filled([...(data ? foundGroups(data) : []), actions]),
    isSearching: text !== settled || (isFetching && (!data || isPlaceholderData)),
    notes: data ? notesOf(data) : [],
    error,
    retry: () => void refetch(),
  }
}

function useTasksOf(person: Person | null) {
  const { data, error, isPending, refetch } = useQuery({
    ...openTasksOfQuery(person?.id ?? ''),
    enabled: person !== null,
  })
  return {
    groups: filled([tasksOfGroup(person?.name ?? '', data?.items ?? [])]),
    isSearching: isPending && !error,
    notes: [],
    error,
    retry: () => void refetch(),
  }
}

const retry = () => {}

const filled = (groups: ReturnType<typeof actionGroup>[]) =>
  groups.filter(({ options }) => options.length > 0)

const kinds: Record<SearchResults['unavailable'][number], string> = {
  projects: 'Projects',
  tasks: 'Tasks',
  posts: 'Posts',
  users: 'People',
}

/** What the answer is without. */
function notesOf({ tasks, posts, unavailable }: SearchResults): string[] {
  const away = unavailable.map((kind) => `${kinds[kind]} cannot be searched at the moment.`)
  const truncated = tasks?.truncated || posts?.truncated
  return truncated ? [...away, 'These are of the newest 20,000 that match.'] : away
}
