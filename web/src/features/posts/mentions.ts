import type { User } from '@/api/types'

type Named = Pick<User, 'id' | 'name'>

/** A person, and what names them in a text. */
export type Namesake = Named & { handle: string }

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
export function nameable(users: readonly Named[]): Namesake[] {
  const named = users.map((user) => ({ ...user, handle: folded(user.name) }))
  const times = new Map<string, number>()
  for (const { handle } of named) times.set(handle, (times.get(handle) ?? 0) + 1)
  return named
    .filter(({ handle }) => handle && handle.length <= longest && times.get(handle) === 1)
    .sort((one, other) => one.name.localeCompare(other.name))
}

/** What is written in code names nobody. */
const code = /```[\s\S]*?(?:```|$)|`[^`\n]*`/g
/** Letters of scripts that put no blanks between words. */
const unspaced =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Thai}ー'
const isUnspaced = new RegExp(`^[${unspaced}]`, 'u')
/** As the server reads them: no part of a word, of an address or of a longer handle. */
const stands = `(?:(?<=[${unspaced}])|(?<![\\p{L}\\p{M}\\p{N}_@/.+-]))[@＠]`
const at = new RegExp(stands, 'gu')
const continued = /^(?:-*[\p{L}\p{M}\p{N}_]|\.[\p{L}\p{N}])/u

export type Unclear = { written: string; users: Named[] }

/** Whole names and first names that are written and could mean several people, so that they mean nobody. */
export function unclearIn(body: string, users: readonly Named[]): Unclear[] {
  const text = body.normalize('NFC').replace(code, ' ')
  const found = new Map<string, Unclear>()
  for (const { index } of text.matchAll(at)) {
    const { users: could, written } = longestAt(text, index + 1, users)
    if (could.length > 1) found.set(folded(written), { written: `@${written}`, users: could })
  }
  return [...found.values()]
}

/** Whose name is written there: the longest wins, and a whole name wins over a first name. */
function longestAt(text: string, from: number, users: readonly Named[]) {
  const found = users.flatMap((user) => {
    const first = firstNameOf(user)
    const whole = Math.max(endOf(user.name, text, from), endOf(folded(user.name), text, from))
    const part = Math.max(endOf(first, text, from), endOf(folded(first), text, from))
    return [
      { user, end: whole, isWhole: true },
      { user, end: part, isWhole: false },
    ]
  })
  const end = Math.max(from, ...found.map((one) => one.end))
  const longest = found.filter((one) => one.end === end && end > from)
  const isWhole = longest.some((one) => one.isWhole)
  return {
    users: longest.filter((one) => one.isWhole === isWhole).map(({ user }) => user),
    written: text.slice(from, end),
  }
}

const firstNameOf = ({ name }: Named) => name.trim().split(/\s+/, 1)[0] ?? ''

/** Compatible forms are one, and case, the kind of blank and of apostrophe do not count. */
const plain = (text: string) =>
  text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').replace(/[‘’ʼ]/g, "'")

/** The index behind a name that stands there and does not go on; -1 if it does not. */
function endOf(name: string, text: string, from: number): number {
  const wanted = plain(name.trim())
  let done = 0
  let end = from
  while (done < wanted.length) {
    const letter = String.fromCodePoint(text.codePointAt(end) ?? 0)
    const written = plain(letter)
    const repeatsBlank = written === ' ' && wanted[done - 1] === ' '
    if (!(repeatsBlank || wanted.startsWith(written, done))) return -1
    if (!repeatsBlank) done += written.length
    end += letter.length
  }
  return end > from && !goesOn(text, end) ? end : -1
}

function goesOn(text: string, end: number): boolean {
  const rest = text.slice(end, end + 80)
  const last = [...text.slice(Math.max(0, end - 2), end)].at(-1) ?? ''
  if ((isUnspaced.test(last) || isUnspaced.test(rest)) && /^[\p{L}\p{N}]/u.test(rest)) return false
  return continued.test(rest)
}

const letter = "[\\p{L}\\p{M}\\p{N}_.'‘’ʼ-]"
/** Names have blanks in them; after a blank, the next letter says whether the name goes on. */
const beforeCaret = new RegExp(
  `${stands}(${letter}{0,60}|${letter}{1,60}(?:[ \\u00a0]${letter}{1,60}){1,5})$`,
  'u',
)

/** The handle that is being written right before the caret; it stands by itself, as on the server. */
export function handleBefore(text: string, caret: number): { query: string; from: number } | null {
  const found = beforeCaret.exec(text.slice(Math.max(0, caret - 400), caret))
  return found && { query: folded(found[1] ?? ''), from: Math.max(0, caret - 400) + found.index }
}

/** Whose name, or a later part of it, begins with what is written. */
export function offersFor(users: readonly Namesake[], query: string): Namesake[] {
  const begins = ({ handle }: Namesake) => handle.startsWith(query)
  const goesOn = ({ handle }: Namesake) => handle.includes(`-${query}`)
  return [...users.filter(begins), ...users.filter((one) => !begins(one) && goesOn(one))].slice(
    0,
    6,
  )
}
