import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { invisibleIn, oneLine, withoutInvisible } from './visible'
import { visible } from './visible-check'

describe('names and titles', () => {
  it.each([
    'a\u200bb',
    '\u2800',
    '\u3164',
    'a\u202eb',
    '\u0301',
    'a \u0301',
    'a\u001bb',
    'a\u00adb',
    'a\ufeff',
    'a\u200d',
    'a\u200cb',
    'a\ufe0f',
    '\ufe0f\ufe0f',
    'a\u{E0041}',
    '\uffa0',
  ])('are refused where something cannot be seen, as on the server: %j', (text) => {
    expect(invisibleIn(text)).not.toBeNull()
  })

  it.each([
    'Ada Brandt',
    'É\u0301lodie',
    '\u{1F469}\u200d\u{1F4BB}',
    '❤\ufe0f',
    '1\ufe0f\u20e3',
    'می\u200cخواهم',
    'ന\u0d4d\u200d',
    '\u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}',
    '葛\u{E0100}',
    'a\u00a0b',
  ])('are taken as people write them: %j', (text) => {
    expect(invisibleIn(text)).toBeNull()
  })

  it('turn a pasted tab or line break into a blank, and an accent into its letter', () => {
    expect(oneLine(' Slate\tand\r\nlarch ')).toBe('Slate and larch')
    expect(oneLine('E\u0301lodie')).toBe('Élodie')
  })

  it.each([
    ['Mend\u00ading the\u200b roof\ufeff', 'Mending the roof'],
    ['Slate\tand\r\nlarch', 'Slate and larch'],
    ['\u200eRope\u200f', 'Rope'],
    ['\u00e9\u200d\u00ad', '\u00e9'],
    ['a\ufe0f\u200cb', 'ab'],
    ['\u{1F469}\u200d\u{1F4BB} 1\ufe0f\u20e3', '\u{1F469}\u200d\u{1F4BB} 1\ufe0f\u20e3'],
  ])('are pasted without what cannot be seen: %j', (text, line) => {
    expect(withoutInvisible(text)).toBe(line)
  })

  it('are cleaned and checked in forms', () => {
    const schema = z.string().check(visible, z.minLength(1, 'A name is needed.'))
    expect(schema.parse(' Slate\tand larch ')).toBe('Slate and larch')
    expect(schema.safeParse('a\u200bb').error?.issues[0]?.message).toMatch(/U\+200B/)
    expect(schema.safeParse(' ').error?.issues[0]?.message).toBe('A name is needed.')
  })
})
