import type { ReactNode } from 'react'
import ReactMarkdown from 'react-markdown'
import remarkGfm from 'remark-gfm'
import { rehypeDirection, remarkWritten } from './remark-written'

/** Characters that begin or end something in Markdown, lines, and containers within each other. */
const MAX_MARKS = 5_000
const MAX_LINES = 5_000
const MAX_DEPTH = 100

/** Every line may be a row of a table with as many cells as the longest. */
const MAX_CELLS = 50_000

const CONTAINERS = new RegExp(`^(?:[ \\t]*(?:>|[-+*]|\\d{1,9}[.)])){${MAX_DEPTH}}`, 'm')
const LONG_RUN = new RegExp(`[*_~]{${MAX_DEPTH}}`)

/**
 * Whether drawing a text would keep the page busy for seconds, or break it: parsers of Markdown take
 * the square of some lengths, and a stack frame for each level.
 */
export function isTooMuchMarkdown(text: string) {
  const lines = text.split('\n')
  const columns = Math.max(...lines.map((line) => line.split('|').length - 1))
  return (
    lines.length > MAX_LINES ||
    lines.length * columns > MAX_CELLS ||
    (text.match(/[>[\]*_~|<`]/g)?.length ?? 0) > MAX_MARKS ||
    CONTAINERS.test(text) ||
    LONG_RUN.test(text)
  )
}

/**
 * Markdown of people, drawn without their HTML. Pictures become links: loading them would tell a
 * foreign host who reads this, and when.
 */
export function Markdown({ children }: { children: string }) {
  if (isTooMuchMarkdown(children)) {
    return (
      <p className="prose whitespace-pre-wrap break-words" dir="auto">
        {children}
      </p>
    )
  }
  return (
    <div className="prose">
      <ReactMarkdown
        remarkPlugins={[remarkGfm, remarkWritten]}
        rehypePlugins={[rehypeDirection]}
        components={{
          a: ({ href, children: text }) => <Away to={href}>{text}</Away>,
          // biome-ignore lint/a11y/noNoninteractiveTabindex: code scrolls sideways, also by keyboard.
          pre: ({ node: _, ...props }) => <pre tabIndex={0} {...props} />,
          img: ({ src, alt }) => (
            <Away to={typeof src === 'string' ? src : undefined}>{alt || 'Picture'}</Away>
          ),
        }}
      >
        {children}
      </ReactMarkdown>
    </div>
  )
}

/** A link out of Tarn; only its text where the address is none to go to, such as `javascript:`. */
function Away({ to, children }: { to: string | undefined; children: ReactNode }) {
  return to ? (
    <a href={to} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  ) : (
    children
  )
}
