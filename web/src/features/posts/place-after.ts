/** Where the keyboard goes on when a post is gone: at the next one, else where one writes or leaves. */
export function placeAfter(post: Element): HTMLElement | null {
  const talk = post.closest('[data-talk]')
  for (const other of talk?.querySelectorAll('article') ?? []) {
    const isLater = post.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING
    const menu = other.querySelector<HTMLElement>('[aria-haspopup=menu]')
    if (isLater && !post.contains(other) && menu) return menu
  }
  return (
    talk?.querySelector<HTMLElement>('button[data-write], a[data-back], [data-write] textarea') ??
    null
  )
}
