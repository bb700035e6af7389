import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { describe, expect, it } from 'vitest'

const src = import.meta.dirname

type Import = { file: string; target: string; from: string; to: string }

const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.|\.d\.ts$/.test(file))
  .map((file) => file.split(sep).join('/'))

function imports(): Import[] {
  return files.flatMap((file) => {
    const text = readFileSync(join(src, file), 'utf8')
    return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, to = '']) => {
      const path = to.startsWith('.') ? relative(src, join(src, file, '..', to)) : to
      return { file, target: fileOf(path), from: areaOf(file), to: areaOf(path) }
    })
  })
}

/** The file that a path names without its ending; a package stays as it is. */
function fileOf(path: string): string {
  const name = path.replace(/^@\//, '').split(sep).join('/')
  return [name, `${name}.ts`, `${name}.tsx`].find((one) => files.includes(one)) ?? name
}

/** `features/tasks`, `ui`, `api`, `app`, `testing`, or a package. */
function areaOf(path: string): string {
  const [first = '', second = ''] = path.replace(/^@\//, '').split('/')
  return first === 'features' ? `${first}/${second}` : first
}

/** What stays when everything is taken away that imports nothing of the rest: cycles, and their importers. */
function inCycles(all: Import[]): string[] {
  let left = all.filter(({ target }) => files.includes(target))
  for (;;) {
    const importers = new Set(left.map(({ file }) => file))
    const next = left.filter(({ target }) => importers.has(target))
    if (next.length === left.length) return next.map(({ file, target }) => `${file} -> ${target}`)
    left = next
  }
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

  it('has its queries in api, and its mutations in features', () => {
    const calling = (pattern: RegExp) =>
      files.filter((file) => pattern.test(readFileSync(join(src, file), 'utf8'))).map(areaOf)

    expect(new Set(calling(/\b(infiniteQ|q)ueryOptions\(/))).toEqual(new Set(['api']))
    expect(calling(/\buseMutation\(/).filter((area) => !isFeature(area))).toEqual([])
  })

  it('has no cycle, types included', () => {
    const added = { file: 'ui/cn.ts', target: 'ui/avatar.tsx', from: 'ui', to: 'ui' }
    expect(inCycles([...all, added])).not.toEqual([])
    expect(inCycles(all)).toEqual([])
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
