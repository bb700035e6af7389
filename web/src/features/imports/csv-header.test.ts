import { describe, expect, it } from 'vitest'
import { firstTitles, headerOf } from './csv-header'

const namesIn = async (...parts: BlobPart[]) => (await headerOf(new File(parts, 'list.csv'))).names

describe('the header of a table', () => {
  it.each([
    ['Title,Due\nRope,\n', ['Title', 'Due']],
    ['Title;Due, or so;Tags\nRope;;\n', ['Title', 'Due, or so', 'Tags']],
    ['Title\tDue\r\nRope\t\r\n', ['Title', 'Due']],
    ['sep=|\nA, or B|C\n', ['A, or B', 'C']],
    ['"A ""name"", quoted" , "Two\nlines",\n', ['A "name", quoted', 'Two\nlines']],
    ['Tools\nRake\n', ['Tools']],
    ['Tasks of March\n\nTitle,Due\nRope,\n', ['Title', 'Due']],
    ['a,b|c,d\n1|2,3,4\n', ['a', 'b|c', 'd']],
  ])('is found in %j', async (text, names) => {
    expect(await namesIn(text)).toEqual(names)
  })

  it('is read in the alphabet of the file', async () => {
    const utf16 = new Uint8Array([0xff, 0xfe, 0x46, 0, 0xe4, 0, 0x2c, 0, 0x42, 0])
    const latin = new Uint8Array([0x46, 0xe4, 0x2c, 0x42])

    expect(await namesIn('\ufeffFä,B')).toEqual(['Fä', 'B'])
    expect(await namesIn(utf16)).toEqual(['Fä', 'B'])
    expect(await namesIn(latin)).toEqual(['Fä', 'B'])
  })

  it('is the first row, whatever stands below it', async () => {
    expect(await namesIn('Chiave,Riepilogo,Tipo,Stato\nA-2,Secondo,Task,Done\n')).toEqual([
      'Chiave',
      'Riepilogo',
      'Tipo',
      'Stato',
    ])
  })

  it.each([
    [
      'windows-1250',
      [0x70, 0x69, 0xb3, 0x6b, 0x61, 0x20, 0xbf, 0x61, 0x67, 0x69, 0x65, 0x6c],
      'piłka żagiel',
    ],
    ['windows-1251', [0xe4, 0xee, 0xec, 0xe0, 0x2c], 'дома'],
    ['windows-1252', [0x46, 0xe4, 0x68, 0x72, 0x65], 'Fähre'],
    ['shift-jis', [0x82, 0xa9, 0x82, 0xc8], 'かな'],
    ['gbk', [0xce, 0xd2, 0xc3, 0xc7, 0xb5, 0xc4, 0xc8, 0xce, 0xce, 0xf1], '我们的任务'],
    ['euc-kr', [0xc7, 0xd1, 0xb1, 0xdb], '한글'],
  ] as const)('shows the first titles in %s', async (charset, bytes, title) => {
    const file = new File([new TextEncoder().encode('Title\n'), new Uint8Array(bytes)], 'list.csv')

    const header = await headerOf(file)

    expect(header.found).toEqual({ charset, isCertain: false })
    expect(firstTitles(header, {})[0]).toContain(title)
    expect(firstTitles(await headerOf(file, 'windows-1252'), {})).toHaveLength(1)
  })

  it('shows names of a board, those beyond ASCII first', async () => {
    const board = new File(['{"cards":[{"name":"Rope"},{"name":"\\u00c9t\\u00e9"}]}'], 'b.json')

    expect(firstTitles(await headerOf(board), {})).toEqual(['Été'])
  })

  it('is looked for at the beginning only, wherever that ends', async () => {
    const large = new File(['Title,Due\n', 'ä,\n'.repeat(100_000)], 'list.csv')

    expect((await headerOf(large)).names).toEqual(['Title', 'Due'])
  })

  it.each(['', '{"name": "Hut"}', ' [1]', 'PK\u0003\u0004\u0000'])('is not in %j', async (text) => {
    expect(await namesIn(text)).toEqual([])
  })

  it('tells the exports of Todoist, which need no choices', async () => {
    const { isTodoist } = await headerOf(new File(['TYPE,CONTENT\ntask,Rope\n'], 'list.csv'))

    expect(isTodoist).toBe(true)
  })
})
