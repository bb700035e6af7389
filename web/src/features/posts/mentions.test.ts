import { describe, expect, it } from 'vitest'
import { folded, handleBefore, nameable, offersFor, unclearIn } from './mentions'

const users = ['Ada Brandt', 'Noor Haddad', 'Jonas Lind', 'JONAS lind', '!!!', 'Éva Ågren-Öz'].map(
  (name, index) => ({ id: String(index), name }),
)

describe('handles', () => {
  it('are names folded as on the server', () => {
    expect(folded('Ada Brandt')).toBe('ada-brandt')
    expect(folded(' Éva  Ågren-Öz (she) ')).toBe('éva-ågren-öz-she')
    expect(folded('ﬁ Ⅷ')).toBe('fi-viii')
    expect(folded('!!!')).toBe('')
  })

  it('leave out whom they could not mean without doubt', () => {
    expect(nameable(users).map(({ handle }) => handle)).toEqual([
      'ada-brandt',
      'éva-ågren-öz',
      'noor-haddad',
    ])
  })

  it('are looked for right before the caret only, and not within words', () => {
    expect(handleBefore('Ask @no', 7)).toEqual({ query: 'no', from: 4 })
    expect(handleBefore('Ask @', 5)).toEqual({ query: '', from: 4 })
    expect(handleBefore('请@no', 4)).toEqual({ query: 'no', from: 1 })
    expect(handleBefore('@john_d', 7)).toEqual({ query: 'john-d', from: 0 })
    expect(handleBefore('Ask @ no', 8)).toBeNull()
    expect(handleBefore('Ask @no ', 8)).toBeNull()
    expect(handleBefore('ada@no', 6)).toBeNull()
    expect(handleBefore('@@no', 4)).toBeNull()
  })

  it('are looked for with the blanks and apostrophes of names', () => {
    const all = nameable([...users, { id: '9', name: "D'Arcy Smith" }])
    const offered = (text: string) =>
      offersFor(all, handleBefore(text, text.length)?.query ?? '-').map(({ name }) => name)
    expect(offered("Ask @d'ar")).toEqual(["D'Arcy Smith"])
    expect(offered('Ask @D’Arcy Sm')).toEqual(["D'Arcy Smith"])
    expect(offered('Ask @Éva Ågren-Ö')).toEqual(['Éva Ågren-Öz'])
    expect(offered("Ask @D'Arcy and")).toEqual([])
  })

  it('offer first names first, then others', () => {
    const all = nameable([...users, { id: '9', name: 'Bo Haddad' }, { id: '8', name: 'Hal' }])
    expect(offersFor(all, 'ha').map(({ name }) => name)).toEqual([
      'Hal',
      'Bo Haddad',
      'Noor Haddad',
    ])
  })
})

describe('a handle that could mean several people', () => {
  const adas = ['Ada Brandt', 'Ada Lovelace', 'Noor Haddad', 'Jonas Lind', 'JONAS lind'].map(
    (name, index) => ({ id: String(index), name }),
  )
  const unclear = (text: string) =>
    unclearIn(text, adas).map(({ written, users }) => [written, ...users.map(({ name }) => name)])

  it('is told with whom it could mean, once', () => {
    expect(unclear('Ask @Ada, or @ada.')).toEqual([['@ada', 'Ada Brandt', 'Ada Lovelace']])
    expect(unclear('@jonas-lind')).toEqual([['@jonas-lind', 'Jonas Lind', 'JONAS lind']])
    expect(unclear('@Jonas Lind')).toEqual([['@Jonas Lind', 'Jonas Lind', 'JONAS lind']])
  })

  it.each([
    'Ask @Ada Lovelace',
    '@ada-brandt and @noor',
    '@nobody',
    'mail@ada.example, @ada.example, @ada_b',
    'Type `@ada` or\n```\n@ada\n```',
  ])('is none in “%s”', (text) => {
    expect(unclear(text)).toEqual([])
  })

  it.each([
    ['@D’Arcy Smith', ["D'Arcy Smith", "d'arcy smith"]],
    ['请@john_doe看', ['john_doe', 'John_Doe']],
    ['@E\u0301va', ['Éva', 'éva']],
    ['@ada.lovelace.', ['ada.lovelace', 'Ada.Lovelace']],
  ])('is found in “%s”, as the server finds it', (text, names) => {
    const found = unclearIn(
      text,
      names.map((name, index) => ({ id: String(index), name })),
    )
    expect(found[0]?.users.map(({ name }) => name)).toEqual(names)
  })

  it('is no whole name that goes on', () => {
    expect(unclear('@Ada Brandts')).toHaveLength(1)
  })
})
