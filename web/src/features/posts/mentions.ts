import type { User } from '@/api/types'

/** A person, and what names them in a text. */
export type Namesake = User & { handle: string }

/** The server reads no longer handle. */
const longest = 200

/** Compatible forms are one, case does not count, what is no letter or digit becomes a dash. */
export function folded(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
}

/** Those who can be named without doubt: a handle that could mean two people means nobody. */
export function nameable(people: readonly User[]): Namesake[] {
  const named = people.map((person) => ({ ...person, handle: folded(person.name) }))
  const times = new Map<string, number>()
  for (const { handle } of named) times.set(handle, (times.get(handle) ?? 0) + 1)
  return named
    .filter(({ handle }) => handle && handle.length <= longest && times.get(handle) === 1)
    .sort((one, other) => one.name.localeCompare(other.name))
}

/** What is written in code names nobody. */
const code = /```[\s\S]*?(?:```|$)|`[^`\n]*`/g
/** As the server reads them: no part of a word, of an address or of a longer handle. */
const handles =
  /(?<![\p{L}\p{M}\p{N}_@/.+-])@([\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:-[\p{L}\p{M}\p{N}]+)*)(?!-*[\p{L}\p{M}\p{N}_]|\.[\p{L}\p{N}])/gu

export type Unclear = { written: string; people: User[] }

/** Whole names and first names that are written and could mean several people, so that they mean nobody. */
export function unclearIn(body: string, people: readonly User[]): Unclear[] {
  const text = body.replace(code, ' ')
  const found = new Map<string, Unclear>()
  for (const { 0: written, 1: name = '', index } of text.matchAll(handles)) {
    const handle = folded(name)
    const namesakes = people.filter((person) => folded(firstNameOf(person)) === handle)
    const called = people.filter((person) => folded(person.name) === handle)
    const whole = longestNamed(namesakes.filter((person) => hasNameAt(text, index + 1, person)))
    const could = [whole, called, namesakes].find((some) => some.length > 0) ?? []
    const said = whole[0] ? `@${whole[0].name}` : written
    if (could.length > 1) found.set(folded(said), { written: said, people: could })
  }
  return [...found.values()]
}

const firstNameOf = ({ name }: User) => name.trim().split(/\s+/, 1)[0] ?? ''

function longestNamed(people: User[]): User[] {
  const most = Math.max(...people.map(({ name }) => name.length))
  return people.filter(({ name }) => name.length === most)
}

function hasNameAt(text: string, from: number, { name }: User): boolean {
  const end = from + name.length
  const isSame = text.slice(from, end).toLowerCase() === name.toLowerCase()
  return isSame && !/^[\p{L}\p{N}]/u.test(text.slice(end))
}

/** The handle that is being written right before the caret; it stands by itself, as on the server. */
export function handleBefore(text: string, caret: number): { query: string; from: number } | null {
  const found = /(?<![\p{L}\p{M}\p{N}_@/.+-])@([\p{L}\p{M}\p{N}-]{0,60})$/u.exec(
    text.slice(0, caret),
  )
  return found && { query: folded(found[1] ?? ''), from: found.index }
}

/** Whose name, or a later part of it, begins with what is written. */
export function offersFor(people: readonly Namesake[], query: string): Namesake[] {
  const begins = ({ handle }: Namesake) => handle.startsWith(query)
  const goesOn = ({ handle }: Namesake) => handle.includes(`-${query}`)
  return [...people.filter(begins), ...people.filter((one) => !begins(one) && goesOn(one))].slice(
    0,
    6,
  )
}
