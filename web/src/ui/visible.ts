import invisible from '../../../contracts/text/invisible.json'

type Ranges = string[][]

const classOf = (ranges: Ranges) => ranges.map(([from, to]) => `\\u{${from}}-\\u{${to}}`).join('')
const among = (ranges: Ranges) => new RegExp(`^[${classOf(ranges)}]$`, 'u')

const never = among(invisible.never)
const joiner = among(invisible.joiners)
const selector = among(invisible.selectors)
const tag = among(invisible.tags)
const blank = /^[\s\p{Z}]$/u
const blackFlag = '\u{1F3F4}'

const isListed = (letter: string) =>
  [never, joiner, selector, tag].some((ranges) => ranges.test(letter))
const isMark = (letter: string) => /^[\p{Mn}\p{Me}]$/u.test(letter) && !selector.test(letter)
const isAscii = (letter: string) => letter <= '\u007F'

const unbroken = (text: string) => text.replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, ' ')

/** A text of one line, as the server keeps it: in NFC, and a pasted tab or line break is a blank. */
export const oneLine = (text: string): string => unbroken(text.normalize('NFC')).trim()

/** What is pasted into a field of one line, without what the server would refuse as invisible. */
export function withoutInvisible(text: string): string {
  const line = unbroken(text)
  let kept = ''
  for (const { letter, isHidden } of lettersOf(line)) kept += isHidden ? '' : letter
  // What joined two letters may join nothing any more.
  return kept === line ? kept : withoutInvisible(kept)
}

/** Why the server would refuse a name or title: something in it cannot be seen. Null when nothing is. */
export function invisibleIn(text: string): string | null {
  for (const { letter, before, isHidden } of lettersOf(text)) {
    if (isHidden) return `There is an invisible character in it (${codeOf(letter)}). Type it anew.`
    if (isMark(letter) && blank.test(before)) return 'There is an accent without a letter in it.'
  }
  return null
}

function* lettersOf(text: string) {
  let before = ' '
  let isFlag = false
  const letters = [...text]
  for (const [at, letter] of letters.entries()) {
    const after = letters[at + 1] ?? ' '
    isFlag = letter === blackFlag || (isFlag && tag.test(letter))
    const isHidden =
      never.test(letter) ||
      (joiner.test(letter) && !joins(before, after)) ||
      (selector.test(letter) && !isSelectable(before)) ||
      (tag.test(letter) && !isFlag)
    yield { letter, before, isHidden }
    before = letter
  }
}

/** Joiners stand between letters or emoji, or at the end of a syllable. In ASCII they do nothing. */
function joins(before: string, after: string): boolean {
  const ends = blank.test(after) || selector.test(after) || joiner.test(after)
  return (
    !isAscii(before) && !blank.test(before) && !joiner.test(before) && (!ends || isMark(before))
  )
}

/** Selectors choose a form of what is before them; in ASCII that is the digits of keycaps. */
const isSelectable = (before: string) =>
  isAscii(before) ? /[0-9#*]/.test(before) : !blank.test(before) && !isListed(before)

const codeOf = (letter: string) =>
  `U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
