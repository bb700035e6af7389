import { describe, expect, it } from 'vitest'
import { headerOf } from './csv-header'

const namesIn = async (...parts: BlobPart[]) => (await headerOf(new File(parts, 'list.csv'))).names

describe('the header of a table', () => {
  it.each([
    ['Title,Due\nRope,\n', ['Title', 'Due']],
    ['Title;Due, or so;Tags\nRope;;\n', ['Title', 'Due, or so', 'Tags']],
    ['Title\tDue\r\nRope\t\r\n', ['Title', 'Due']],
    ['sep=|\nA, or B|C\n', ['A, or B', 'C']],
    ['"A ""name"", quoted" , "Two\nlines",\n', ['A "name", quoted', 'Two\nlines']],
    ['Tools\nRake\n', ['Tools']],
    ['Tasks of March, 12 in all\n\nTitle,Due\nRope,\n', ['Title', 'Due']],
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
