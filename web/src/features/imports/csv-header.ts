import { bytesOf, type Charset, charsetOf, decoded, type Found } from './charset'
import { type Columns, columnsOf, knownFields } from './columns-of'

/**
 * `names`: of the columns, from left to right; none of what is no table. `cells`: the header with its
 * empty cells. `rows`: the first ones below it. `texts`: names in what is no table.
 */
export type Header = {
  names: string[]
  isTodoist: boolean
  cells: string[]
  rows: string[][]
  texts: string[]
  found: Found
}

export const noHeader: Header = {
  names: [],
  isTodoist: false,
  cells: [],
  rows: [],
  texts: [],
  found: { charset: 'utf-8', isCertain: true },
}

/** As much of a file as is read to find its header, and as many of its rows: as the server looks. */
const sampleBytes = 64 * 1024
const sampleRows = 10
const previewRows = 200
const previewTitles = 3

/** The header of a CSV file, read as the server will read it; in its own charset if none is given. */
export async function headerOf(file: File, charset?: Charset): Promise<Header> {
  const found = await charsetOf(file)
  const text = decoded(await bytesOf(file, 0, sampleBytes), charset ?? found.charset)
  if (/^\s*[{[]/.test(text)) return { ...noHeader, found, texts: namesIn(text) }
  if (text.includes('\0')) return { ...noHeader, found }
  const { rows, all } = rowsOf(text)
  const at = headerAt(rows)
  const cells = rows[at] ?? []
  return {
    names: cells.filter(Boolean),
    isTodoist: rows.some(isOfTodoist),
    cells,
    rows: all.slice(at + 1),
    texts: [],
    found,
  }
}

/** The first titles; those with letters beyond ASCII before others, because they tell the charset. */
export function firstTitles({ cells, rows, texts }: Header, chosen: Columns): string[] {
  const [title] = columnsOf(cells, chosen).becomes.title
  const column = title === undefined ? -1 : cells.indexOf(title)
  const titles = [...new Set([...rows.map((row) => row[column] ?? ''), ...texts])].filter(Boolean)
  const telling = titles.filter((one) => /[^\0-\x7f]/.test(one))
  return (telling.length > 0 ? telling : titles).slice(0, previewTitles)
}

/** Names in a text that is JSON, in their order. */
function namesIn(text: string): string[] {
  return [...text.matchAll(/"name"\s*:\s*("(?:[^"\\]|\\.)*")/g)].flatMap(([, name = '""']) => {
    try {
      return [String(JSON.parse(name))]
    } catch {
      return []
    }
  })
}

/** The first rows that are not blank, by the delimiter that makes most sense of them. */
function rowsOf(text: string): { rows: string[][]; all: string[][] } {
  const separator = /^sep=([,;|\t])\r?\n?/.exec(text)
  if (separator) return both(text.slice(separator[0].length), separator[1] ?? ',')
  const [best = ','] = [',', ';', '\t', '|']
    .map((delimiter) => ({ delimiter, value: sense(split(text, delimiter, sampleRows)) }))
    .sort((one, other) => other.value - one.value)
    .map(({ delimiter }) => delimiter)
  return both(text, best)
}

function both(text: string, delimiter: string) {
  const all = split(text, delimiter, previewRows)
  return { rows: all.slice(0, sampleRows), all }
}

function split(text: string, delimiter: string, most: number): string[][] {
  const quoted = ' *"([^"]*(?:""[^"]*)*)"'
  const plain = `[^${delimiter}\\r\\n]*`
  const cell = new RegExp(`${quoted}${plain}|${plain}`, 'y')
  const rows: string[][] = []
  let row: string[] = []
  while (rows.length < most) {
    const [written = '', inQuotes] = cell.exec(text) ?? []
    row.push((inQuotes?.replaceAll('""', '"') ?? written).trim())
    const end = text[cell.lastIndex]
    if (end !== delimiter) {
      if (row.some(Boolean)) rows.push(row)
      row = []
    }
    if (end === undefined) break
    cell.lastIndex += 1
  }
  return rows
}

/** Names that are known count most, then how many columns most of the rows have. */
function sense(rows: string[][]): number {
  const known = Math.max(0, ...rows.map((row) => knownFields(row).length))
  const widths = rows.map((row) => row.length)
  const shareOf = (width: number) => widths.filter((one) => one === width).length / widths.length
  return (
    (known > 1 ? known * 2_000 : 0) +
    Math.max(0, ...widths.map((width) => width * shareOf(width) ** 2))
  )
}

/** The first row, unless all before another are plainly a preamble: much narrower than it. */
function headerAt(rows: string[][]): number {
  const at = rows.findIndex(isHeader)
  if (at >= 0) {
    const widest = Math.max(0, ...rows.slice(0, at).map(width))
    return 2 * widest <= width(rows[at]) ? at : 0
  }
  const first = rows.findIndex((row) => width(row) !== 1 || knownFields(row).length > 0)
  return width(rows[first]) > 2 ? first : 0
}

function isHeader(row: string[]): boolean {
  const known = knownFields(row)
  const isNamed = known.includes('title') || known.includes('key')
  const isMost = known.length > 1 && 2 * known.length > width(row)
  return isNamed && (known.length === width(row) || known.length > 3 || isMost)
}

/** Empty cells at the end count for nothing. */
function width(row: string[] = []): number {
  return row.findLastIndex(Boolean) + 1
}

function isOfTodoist(row: string[]): boolean {
  const names = row.map((name) => name.toUpperCase())
  return names.includes('TYPE') && names.includes('CONTENT')
}
