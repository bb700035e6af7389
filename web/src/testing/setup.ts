import '@testing-library/jest-dom/vitest'
import { cleanup, configure } from '@testing-library/react'
import { afterEach, beforeEach, vi } from 'vitest'
import { forgetDrafts } from '../api/draft-store.ts'
import { clearSubmitQueue } from '../api/submit-queue.ts'
import { dismissToasts } from '../ui/toast.tsx'
import { failOnBreaches } from './contract.ts'
import { LocalChannel } from './local-channel.ts'

// A page is read from disk when it is first opened, which on a busy machine takes its time.
// `defaultHidden` spares each query by role a walk over the styles of the whole page, and what is not found is
// said without the whole page: it is not found again and again while it is waited for.
configure({
  asyncUtilTimeout: 20_000,
  defaultHidden: true,
  getElementError: (message, element) =>
    Object.assign(new Error(message ?? element.outerHTML.slice(0, 300)), {
      name: 'TestingLibraryElementError',
    }),
})

/** What jsdom lacks: it draws nothing, so nothing has a size, scrolls or comes into view. */
class IdleResizeObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}

/** Says that everything watched is in view, once, as a browser does for what is at the end. */
class EverythingInView {
  private readonly report: IntersectionObserverCallback
  constructor(report: IntersectionObserverCallback) {
    this.report = report
  }
  observe(target: Element) {
    const entry = { isIntersecting: true, target } as IntersectionObserverEntry
    queueMicrotask(() => this.report([entry], this as unknown as IntersectionObserver))
  }
  unobserve() {}
  disconnect() {}
}

/** A window of 800 pixels, in which a row takes 40. */
const sizes = { clientWidth: 1200, clientHeight: 800, offsetWidth: 1200, offsetHeight: 40 }

beforeEach(() => {
  vi.stubGlobal('BroadcastChannel', LocalChannel)
  vi.stubGlobal('ResizeObserver', IdleResizeObserver)
  vi.stubGlobal('IntersectionObserver', EverythingInView)
  vi.stubGlobal('scrollTo', () => undefined)
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener() {} }))
  for (const [name, value] of Object.entries(sizes))
    Object.defineProperty(HTMLElement.prototype, name, { configurable: true, value })
  Object.assign(Element.prototype, {
    scrollIntoView() {},
    hasPointerCapture: () => false,
    releasePointerCapture() {},
  })
  Object.assign(document, { elementsFromPoint: () => [] })
  Object.assign(HTMLDialogElement.prototype, {
    showModal(this: HTMLDialogElement) {
      this.open = true
    },
  })
})

afterEach(() => {
  cleanup()
  dismissToasts()
  localStorage.clear()
  clearSubmitQueue()
  forgetDrafts()
  failOnBreaches()
})
