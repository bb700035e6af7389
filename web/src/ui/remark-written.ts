/** What the trees of Markdown and of its HTML have in common. */
type Tree = {
  type: string
  value?: string
  url?: string
  tagName?: string
  properties?: Record<string, unknown>
  position?: { start: { offset?: number }; end: { offset?: number } }
  children?: Tree[]
}

/** Ends a bare link, as on the server: CJK punctuation, quotes and an ellipsis. */
const linkEnd =
  /[\s\p{Z}"`«»‘-‟…‹›\u3001-\u3004\u3008-\u3020\u3030\u30fb\ufe10-\ufe1f\ufe30-\ufe4f！-／：-＠［-｀｛-･؛؟،۔।॥]/u
const trailing = /[.,;:!?'*_~]+$/

/** Keeps line breaks as they were written, and ends bare links before closing punctuation. */
export const remarkWritten = () => (tree: Tree) => adapt(tree)

function adapt(node: Tree) {
  if (!node.children) return
  node.children = node.children.flatMap((child) => {
    if (child.type === 'text') return withBreaks(child)
    if (child.type === 'link') return withoutEnding(child)
    adapt(child)
    return child
  })
}

function withBreaks({ value = '' }: Tree): Tree[] {
  return value
    .split(/\r?\n/)
    .flatMap((line, at) => [...(at > 0 ? [{ type: 'break' }] : []), { type: 'text', value: line }])
}

function withoutEnding(link: Tree): Tree[] {
  const text = link.children?.[0]?.value ?? ''
  const { start, end } = link.position ?? {}
  const length = (end?.offset ?? 0) - (start?.offset ?? 0)
  const at = text.search(linkEnd)
  if (at < 0 || length !== text.length || !link.url?.endsWith(text)) {
    adapt(link)
    return [link]
  }
  const kept = text.slice(0, at).replace(trailing, '')
  const url = link.url.slice(0, link.url.length - text.length) + kept
  return [
    { ...link, url, children: [{ type: 'text', value: kept }] },
    { type: 'text', value: text.slice(kept.length) },
  ]
}

const blocks = /^(?:p|h[1-6]|blockquote|ul|ol|li|table|th|td)$/

/** Lets each block run the way its text begins. */
export const rehypeDirection = () => (tree: Tree) => direct(tree)

function direct(node: Tree) {
  if (blocks.test(node.tagName ?? '')) node.properties = { ...node.properties, dir: 'auto' }
  for (const child of node.children ?? []) direct(child)
}
