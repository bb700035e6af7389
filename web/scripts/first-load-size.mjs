import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

// The JavaScript a browser must have before a first page can be used: the entry, one page, and
// everything these import without waiting. The pages people land on count, the largest decides.
const limitKb = 170
const landings = [
  'src/features/session/sign-in-page.tsx',
  'src/features/session/register-page.tsx',
  'src/features/projects/projects-page.tsx',
  'src/features/tasks/project-page.tsx + list-view.tsx',
  'src/features/tasks/project-page.tsx + board-view.tsx',
]

const dist = new URL('../dist/', import.meta.url)
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'))
const entry = 'index.html'

function filesOf(keys, seen = new Set()) {
  for (const key of keys) {
    if (seen.has(key)) continue
    if (!manifest[key]) throw new Error(`The build has no ${key}: is the list of landings stale?`)
    seen.add(key)
    filesOf(manifest[key].imports ?? [], seen)
  }
  return [...new Set([...seen].map((key) => manifest[key].file))]
}

function kilobytes(files) {
  const bytes = files
    .filter((file) => file.endsWith('.js'))
    .reduce(
      (sum, file) => sum + gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length,
      0,
    )
  return bytes / 1024
}

const sizes = landings.map((landing) => {
  const [page, view] = landing.split(' + ')
  const parts = view ? [page, page.replace(/[^/]+$/, view)] : [page]
  return { landing, size: kilobytes(filesOf([entry, ...parts])) }
})
for (const { landing, size } of sizes) console.log(`${size.toFixed(1).padStart(7)} KB  ${landing}`)
const largest = Math.max(...sizes.map(({ size }) => size))
console.log(`First-load JavaScript, gzipped: ${largest.toFixed(1)} KB (limit ${limitKb} KB)`)
if (largest > limitKb) process.exitCode = 1
