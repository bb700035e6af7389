/** An element that had the focus, with its ancestors, and what had it before the overlay opened. */
type Trail = {
  steps: { element: Element; index: number }[]
  overlay: Element | null
  before: Trail | null
}

const overlays = 'dialog, [role="dialog"], [role="menu"], [aria-live]'

const focusable =
  'a[href], button:not(:disabled), input:not(:disabled):not([type="hidden"]), select:not(:disabled), textarea:not(:disabled), [tabindex]:not([tabindex="-1"])'

/** Long enough for the app's own code to move the focus first. */
const settleMs = 30

/**
 * Keeps the focus off `<body>`: when the focused element leaves the page or becomes disabled, the
 * focus goes to the same link of the next page, to what opened its dialog or menu, else to a
 * neighbour, such as the same button of the next row, else to the page's heading.
 */
export function keepFocus(): () => void {
  let trail: Trail | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  const onFocus = (event: FocusEvent) => {
    if (event.target instanceof Element && event.target !== document.body)
      trail = trailTo(event.target, trail)
  }
  // A click on an empty place takes the focus away on purpose.
  const onPointerDown = (event: PointerEvent) => {
    const last = trail?.steps[0]?.element
    if (last && event.target instanceof Node && !last.contains(event.target) && !isOn(event.target))
      trail = null
  }
  const observer = new MutationObserver(() => {
    if (!isLost(trail)) return
    clearTimeout(timer)
    timer = setTimeout(() => {
      if (isLost(trail)) placeNear(trail)?.focus()
    }, settleMs)
  })
  document.addEventListener('focusin', onFocus)
  document.addEventListener('pointerdown', onPointerDown, true)
  observer.observe(document.body, {
    childList: true,
    subtree: true,
    attributeFilter: ['disabled'],
  })
  return () => {
    clearTimeout(timer)
    observer.disconnect()
    document.removeEventListener('focusin', onFocus)
    document.removeEventListener('pointerdown', onPointerDown, true)
  }
}

function isOn(target: Node) {
  return target instanceof Element && target.closest(focusable) !== null
}

function isLost(trail: Trail | null): trail is Trail {
  const last = trail?.steps[0]?.element
  const isGone = last !== undefined && (!last.isConnected || last.matches(':disabled'))
  return isGone && [document.body, last].includes(document.activeElement ?? document.body)
}

function trailTo(target: Element, last: Trail | null): Trail {
  const overlay = target.closest(overlays)
  let known = last
  while (known && known.overlay !== overlay) known = known.before
  const before = known ? known.before : overlay ? last : null
  const steps: Trail['steps'] = []
  for (let at: Element | null = target; at && at !== document.body; at = at.parentElement)
    steps.push({
      element: at,
      index: at.parentElement ? [...at.parentElement.children].indexOf(at) : 0,
    })
  return { steps, overlay, before }
}

function placeNear(trail: Trail): HTMLElement | null {
  const again = drawnAgain(trail)
  if (again) return again
  for (let from: Trail | null = trail; from; from = from.before) {
    // Of a panel that is closed, what opened it, not what stood beside it.
    const isClosed = from.overlay?.isConnected === false && from.before
    const near = isClosed ? null : neighbour(from)
    if (near) return near
  }
  const heading = document.querySelector<HTMLElement>('main h1')
  if (heading) heading.tabIndex = -1
  return heading ?? document.querySelector<HTMLElement>('main')
}

/** The same link in the navigation of the page it led to, which each page draws for itself. */
function drawnAgain({ steps }: Trail): HTMLElement | null {
  const gone = steps[0]?.element
  const name = gone?.closest('nav')?.getAttribute('aria-label')
  const links = document.querySelectorAll<HTMLElement>(`nav[aria-label="${name}"] a`)
  const isSame = (link: Element) => link.textContent === gone?.textContent && isUsable(link)
  return [...links].find(isSame) ?? null
}

function neighbour({ steps }: Trail): HTMLElement | null {
  const [own, ...ancestors] = steps
  if (own && isUsable(own.element)) return own.element
  let index = own?.index ?? 0
  const path: number[] = []
  for (const { element, index: next } of ancestors) {
    if (element.matches('main, #root, dialog')) return null
    if (element.isConnected) {
      const near = [index, index + 1, index - 1].map((at) => element.children[at])
      const found = sameIn(near, path, own?.element.tagName) ?? firstIn(...near, element)
      if (found) return found
    }
    path.unshift(index)
    index = next
  }
  return null
}

/** The element in the same place of one of these rows. */
function sameIn(rows: (Element | undefined)[], path: number[], tag: string | undefined) {
  const same = rows.map((row) =>
    path.reduce<Element | undefined>((at, index) => at?.children[index], row),
  )
  return (
    same.find(
      (one): one is HTMLElement =>
        one?.tagName === tag && one?.matches(focusable) === true && isUsable(one),
    ) ?? null
  )
}

/** The first element in parts of the page that takes the focus. */
function firstIn(...parts: (Element | undefined)[]): HTMLElement | null {
  const all = parts.flatMap((part) => (part ? [part, ...part.querySelectorAll(focusable)] : []))
  return all.filter((one) => one.matches(focusable)).find(isUsable) ?? null
}

function isUsable(element: Element): element is HTMLElement {
  return (
    element instanceof HTMLElement &&
    element.isConnected &&
    !element.matches(':disabled') &&
    (element.checkVisibility?.() ?? true)
  )
}
