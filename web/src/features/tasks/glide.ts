import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react'
import { focusLinkOf } from './task-bits'

const durationMs = 280
/** Where a card that was about to move did not, its old place is forgotten. */
const forgetMs = 1_000

const boards = new Set<(ids: string[]) => void>()

/** Said before the cards of these tasks may move: their boards remember where they are. */
export function beforeGlide(ids: string[]) {
  for (const remember of boards) remember(ids)
}

type Before = { place: DOMRect; hadFocus: boolean; at: number }

/** Lets cards that another user moves glide to their new place, and keep the focus. */
export function useGlide(board: RefObject<HTMLElement | null>) {
  const before = useRef(new Map<string, Before>())
  useEffect(() => {
    const remember = (ids: string[]) => {
      for (const id of ids) {
        const card = cardOf(board.current, id)
        if (!card) continue
        const hadFocus = card.contains(document.activeElement)
        before.current.set(id, { place: card.getBoundingClientRect(), hadFocus, at: Date.now() })
      }
    }
    boards.add(remember)
    return () => {
      boards.delete(remember)
    }
  }, [board])
  useLayoutEffect(() => {
    for (const [id, { place, hadFocus, at }] of before.current) {
      const card = cardOf(board.current, id)
      // In another column it is drawn anew.
      if (card && hadFocus && document.activeElement === document.body) focusLinkOf(id)
      if ((card && glide(card, place)) || at < Date.now() - forgetMs) before.current.delete(id)
    }
  })
}

const cardOf = (board: HTMLElement | null, id: string) =>
  board?.querySelector<HTMLElement>(`[data-card="${id}"]`)

/**
 * A copy flies, because a column clips what leaves it; the card itself is unseen meanwhile and keeps
 * the focus. Answers whether the card has moved.
 */
function glide(card: HTMLElement, from: DOMRect): boolean {
  const to = card.getBoundingClientRect()
  const [x, y] = [from.left - to.left, from.top - to.top]
  if (Math.hypot(x, y) < 1) return false
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return true
  const copy = copyOf(card, to)
  document.body.append(copy)
  const timing = { duration: durationMs, easing: 'cubic-bezier(0.2, 0.8, 0.2, 1)' }
  card.animate([{ opacity: 0 }, { opacity: 0 }], timing)
  copy
    .animate([{ transform: `translate(${x}px, ${y}px)` }, { transform: 'none' }], timing)
    .finished.finally(() => copy.remove())
  return true
}

function copyOf(card: HTMLElement, { left, top, width }: DOMRect): HTMLElement {
  const copy = card.cloneNode(true) as HTMLElement
  copy.setAttribute('aria-hidden', 'true')
  copy.inert = true
  for (const part of [copy, ...copy.querySelectorAll('[id], [data-card]')]) {
    part.removeAttribute('id')
    part.removeAttribute('data-card')
  }
  // A card that was not drawn yet has no height of its own: the copy takes what it needs.
  Object.assign(copy.style, {
    position: 'fixed',
    zIndex: '20',
    pointerEvents: 'none',
    contentVisibility: 'visible',
    left: `${left}px`,
    top: `${top}px`,
    width: `${width}px`,
  })
  return copy
}
