import { act, screen } from '@testing-library/react'
import type { ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { expect, it, onTestFinished } from 'vitest'
import { show } from './show'

function showing(page: () => Promise<ReactNode>) {
  const place = document.body.appendChild(document.createElement('div'))
  const root = createRoot(place)
  onTestFinished(() => {
    act(() => root.unmount())
    place.remove()
  })
  return act(() => void show(root, page))
}

it('says that a page is on its way', async () => {
  let arrive = (_: ReactNode) => {}
  showing(
    () =>
      new Promise((resolve) => {
        arrive = resolve
      }),
  )
  expect(screen.getByText('Loading…')).toBeVisible()

  await act(async () => arrive(<p>Editor</p>))
  expect(screen.getByText('Editor')).toBeVisible()
})

it('says that it does not arrive, and how to try again', async () => {
  showing(() => Promise.reject(new TypeError('Failed to fetch')))

  expect(await screen.findByRole('alert')).toHaveTextContent('could not be loaded')
  expect(screen.getByRole('link', { name: 'Try again' })).toHaveAttribute('href', '/docs/graphql')
})
