import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { describe, expect, it } from 'vitest'

const src = import.meta.dirname

type Import = { file: string; from: string; to: string }

function imports(): Import[] {
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.|\.d\.ts$/.test(file))
    .map((file) => file.split(sep).join('/'))
  return files.flatMap((file) => {
    const text = readFileSync(join(src, file), 'utf8')
    return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, to = '']) => ({
      file,
      from: areaOf(file),
      to: areaOf(to.startsWith('.') ? relative(src, join(src, file, '..', to)) : to),
    }))
  })
}

/** `features/tasks`, `ui`, `api`, `app`, `testing`, or a package. */
function areaOf(path: string): string {
  const [first = '', second = ''] = path.replace(/^@\//, '').split('/')
  return first === 'features' ? `${first}/${second}` : first
}

const all = imports()
const crossing = (from: (area: string) => boolean, to: (area: string) => boolean) =>
  all.filter((one) => from(one.from) && to(one.to) && one.from !== one.to)
const isFeature = (area: string) => area.startsWith('features/')

describe('the direction app -> features -> ui | api', () => {
  it('is read from a source tree that has imports', () => {
    expect(all.length).toBeGreaterThan(200)
  })

  it('lets no feature import another', () => {
    expect(crossing(isFeature, isFeature)).toEqual([])
  })

  it('lets nobody import the app', () => {
    expect(
      crossing(
        (area) => area !== 'testing',
        (area) => area === 'app',
      ),
    ).toEqual([])
  })

  it('keeps ui and api free of features, and ui free of the api', () => {
    expect(crossing((area) => area === 'ui' || area === 'api', isFeature)).toEqual([])
    expect(
      crossing(
        (area) => area === 'ui',
        (area) => area === 'api',
      ),
    ).toEqual([])
  })

  it('keeps the fake server out of the product', () => {
    expect(
      crossing(
        () => true,
        (area) => area === 'testing',
      ),
    ).toEqual([])
  })
})
