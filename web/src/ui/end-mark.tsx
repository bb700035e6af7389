import { useEffect, useRef } from 'react'

type Props = { as?: 'div' | 'li'; onSeen: () => void }

/**
 * The unseen end of a list: calls once it comes near the screen. Give it a `key` that changes with
 * the list, because a browser tells of coming and going, not of what is still there.
 */
export function EndMark({ as: Element = 'div', onSeen }: Props) {
  const mark = useRef<HTMLDivElement & HTMLLIElement>(null)
  const latest = useRef(onSeen)
  useEffect(() => {
    latest.current = onSeen
  })
  useEffect(() => {
    if (!mark.current) return
    const observer = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && latest.current(),
      { rootMargin: '400px' },
    )
    observer.observe(mark.current)
    return () => observer.disconnect()
  }, [])
  return <Element ref={mark} aria-hidden="true" />
}
