import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { columnsOf, fields } from './columns-of'

describe('what columns become', () => {
  it.each([
    ['issueKey', 'key'],
    ['Fälligkeitsdatum', 'due'],
    ["Date d'échéance", 'due'],
    ['Board_List', 'section'],
    ['Task Name (required)', 'title'],
    ['#', 'key'],
    ['Приоритет', 'priority'],
    ['제목', 'title'],
  ])('is told by their names: %s', (name, field) => {
    expect(columnsOf([name], {}).becomes[field as 'title']).toEqual([name])
  })

  it('is the surest that a name can mean', () => {
    const { becomes, kept } = columnsOf(['Name', 'Content', 'Title', '', 'Other'], {})

    expect(becomes.title).toEqual(['Title'])
    expect(becomes.description).toEqual(['Content'])
    expect(kept).toEqual(['Name', 'Other'])
  })

  it('may be the same of several columns', () => {
    expect(columnsOf(['Title', 'Tags', 'Labels', 'Labels'], {}).becomes.labels).toEqual([
      'Labels',
      'Labels',
      'Tags',
    ])
  })

  it('is a title where everything else is clear', () => {
    expect(columnsOf(['Was', 'Due', 'Status'], {}).becomes.title).toEqual(['Was'])
    expect(columnsOf(['Was', 'Due'], {}).becomes.title).toEqual([])
    expect(columnsOf(['Was', 'Due', 'Key'], {}).becomes.title).toEqual([])
  })

  it('is told by the words the service knows', () => {
    const dictionary = join(
      import.meta.dirname,
      '../../../../imports/src/main/resources/tarn/imports/headers.properties',
    )
    const lines = readFileSync(dictionary, 'utf8').replace(/\\\n\s*/g, '')
    const known = [...lines.matchAll(/^(\w+) =(.*)$/gm)].map(([, name, words]) => [name, words])

    expect(known.length).toBeGreaterThan(10)
    expect(Object.entries(fields).map(([name, { words }]) => [name, words])).toEqual(known)
  })
})
