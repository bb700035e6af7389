import { columnsOf, fieldNames } from './columns-of'

/** `names`: of the columns, from left to right; none of what is no table. */
export type Header = { names: string[]; isTodoist: boolean }

export const noHeader: Header = { names: [], isTodoist: false }

/** As much of a file as is read to find its header, and as many of its rows: as the server looks. */
const sampleBytes = 64 * 1024
const sampleRows = 10

/** The header of a CSV file, read as the server will read it. */
export async function headerOf(file: File): Promise<Header> {
  const text = decoded(new Uint8Array(await file.slice(0, sampleBytes).arrayBuffer()))
  if (/^\s*[{[]/.test(text) || text.includes('\0')) return noHeader
  const rows = rowsOf(text)
  const header = rows.find(isHeader) ?? rows[0] ?? []
  return { names: header.filter(Boolean), isTodoist: rows.some(isOfTodoist) }
}

/** UTF-8, or UTF-16 with its mark, or else Windows-1252, in which every byte means something. */
function decoded(bytes: Uint8Array): string {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    // As a stream, because the sample may end inside of a letter.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** The first rows that are not blank, by the delimiter that makes most sense of them. */
function rowsOf(text: string): string[][] {
  const separator = /^sep=([,;|\t])\r?\n?/.exec(text)
  if (separator) return split(text.slice(separator[0].length), separator[1] ?? ',')
  return [',', ';', '\t', '|']
    .map((delimiter) => split(text, delimiter))
    .reduce((best, rows) => (sense(rows) > sense(best) ? rows : best))
}

function split(text: string, delimiter: string): string[][] {
  const quoted = ' *"([^"]*(?:""[^"]*)*)"'
  const plain = `[^${delimiter}\\r\\n]*`
  const cell = new RegExp(`${quoted}${plain}|${plain}`, 'y')
  const rows: string[][] = []
  let row: string[] = []
  while (rows.length < sampleRows) {
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
  const known = Math.max(0, ...rows.map((row) => fieldsIn(row).length))
  const widths = rows.map((row) => row.length)
  const shareOf = (width: number) => widths.filter((one) => one === width).length / widths.length
  return (
    (known > 1 ? known * 2_000 : 0) +
    Math.max(0, ...widths.map((width) => width * shareOf(width) ** 2))
  )
}

/** Some exports begin with a few lines about themselves. */
function isHeader(row: string[]): boolean {
  const found = fieldsIn(row)
  return found.includes('title') && found.length > 1
}

function fieldsIn(row: string[]) {
  const { becomes } = columnsOf(row, {})
  return fieldNames.filter((field) => becomes[field].length > 0)
}

function isOfTodoist(row: string[]): boolean {
  const names = row.map((name) => name.toUpperCase())
  return names.includes('TYPE') && names.includes('CONTENT')
}
