import type { ImportCharset } from '@/api/types'

/** The charsets that can be chosen, and how people know them. */
export const charsets: Record<ImportCharset, string> = {
  'utf-8': 'UTF-8',
  'utf-16': 'UTF-16',
  'windows-1252': 'Windows-1252 (Western Europe)',
  'windows-1250': 'Windows-1250 (Central Europe)',
  'windows-1251': 'Windows-1251 (Cyrillic)',
  'shift-jis': 'Shift_JIS (Japanese)',
  gbk: 'GBK (Chinese)',
  'euc-kr': 'EUC-KR (Korean)',
}
