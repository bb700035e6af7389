import type { ReactNode } from 'react'
import type { Root } from 'react-dom/client'

/** Shows a page that takes its time to arrive, and says so when it does not. */
export async function show(root: Root, page: () => Promise<ReactNode>) {
  root.render(<Loading />)
  try {
    root.render(await page())
  } catch {
    root.render(<NotLoaded />)
  }
}

function Loading() {
  return (
    <main className="notice">
      <p role="status">Loading…</p>
    </main>
  )
}

function NotLoaded() {
  return (
    <main className="notice">
      <p role="alert">The explorer could not be loaded.</p>
      <p>
        <a className="button" href="/docs/graphql">
          Try again
        </a>
      </p>
    </main>
  )
}
