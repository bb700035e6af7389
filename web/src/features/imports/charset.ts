/** The charsets that the server can read, by the names of the contract. */
export const charsets = {
  'utf-8': 'UTF-8',
  'utf-16': 'UTF-16',
  'windows-1252': 'Windows-1252 (Western Europe)',
  'windows-1250': 'Windows-1250 (Central Europe)',
  'windows-1251': 'Windows-1251 (Cyrillic)',
  'shift-jis': 'Shift_JIS (Japanese)',
  gbk: 'GBK (Chinese)',
  'euc-kr': 'EUC-KR (Korean)',
} as const

export type Charset = keyof typeof charsets

/** `isCertain`: the bytes tell it; otherwise it is the best guess. */
export type Found = { charset: Charset; isCertain: boolean }

const chunkBytes = 1024 * 1024

/** The charset of a file: what its mark says, UTF-8 where all of it is valid, or a guess. */
export async function charsetOf(file: File): Promise<Found> {
  const head = await bytesOf(file, 0, 4096)
  if (utf16Of(head)) return { charset: 'utf-16', isCertain: true }
  const utf8 = new TextDecoder('utf-8', { fatal: true })
  for (let start = 0; start < file.size; start += chunkBytes) {
    const chunk = await bytesOf(file, start, chunkBytes)
    try {
      utf8.decode(chunk, { stream: start + chunkBytes < file.size })
    } catch {
      return { charset: guessed(chunk), isCertain: false }
    }
  }
  return { charset: 'utf-8', isCertain: true }
}

/** Text of the file in a charset, from its beginning; what means nothing in it becomes `U+FFFD`. */
export function decoded(bytes: Uint8Array, charset: Charset): string {
  const label = charset === 'utf-16' ? (utf16Of(bytes) ?? 'utf-16le') : charset
  // As a stream, because the sample may end inside of a letter.
  return new TextDecoder(label).decode(bytes, { stream: true })
}

export async function bytesOf(file: File, start: number, length: number): Promise<Uint8Array> {
  return new Uint8Array(await file.slice(start, start + length).arrayBuffer())
}

/** By the byte order mark, or by the zeros that Latin letters have in it. */
function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const [first, second, third, fourth] = bytes
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  if (first && second === 0 && third && fourth === 0) return 'utf-16le'
  return first === 0 && second && third === 0 && fourth ? 'utf-16be' : null
}

/** Text in an older charset hardly ever forms valid UTF-8; a damaged file mostly does. */
function guessed(bytes: Uint8Array): Charset {
  if (share(bytes, 'utf-8', /[^\0-\x7f\ufffd]/g) > 0.5) return 'utf-8'
  const high = bytes.filter((byte) => byte > 0x7f)
  const together = bytes.filter((byte, at) => {
    return byte > 0x7f && ((bytes[at - 1] ?? 0) > 0x7f || (bytes[at + 1] ?? 0) > 0x7f)
  })
  if (share(bytes, 'shift-jis', /[\u3040-\u30ff]/g) > 0.2) return 'shift-jis'
  // Accents stand alone in Latin text; other scripts have hardly a letter in ASCII.
  if (together.length < high.length / 2) return latin(bytes)
  if (high.filter((byte) => byte >= 0xe0).length > high.length / 2) return 'windows-1251'
  return share(bytes, 'euc-kr', /[\uac00-\ud7a3]/g) > 0.9 ? 'euc-kr' : 'gbk'
}

function latin(bytes: Uint8Array): Charset {
  const western = decoded(bytes, 'windows-1252')
  const isPolish = /\p{Ll}[¹³¿]|[¹³¿]\p{Ll}/u.test(western)
  return isPolish || (/ø/.test(western) && /[èì]/.test(western)) ? 'windows-1250' : 'windows-1252'
}

/** How many of the letters beyond ASCII are such as this charset is used for. */
function share(bytes: Uint8Array, charset: Charset, expected: RegExp): number {
  const letters = decoded(bytes, charset).match(/[^\0-\x7f]/g) ?? []
  const found = letters.join('').match(expected) ?? []
  return letters.length === 0 ? 0 : found.length / letters.length
}
