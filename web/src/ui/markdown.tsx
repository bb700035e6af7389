import type { ReactNode } from 'react'
import ReactMarkdown from 'react-markdown'
import remarkGfm from 'remark-gfm'
import { rehypeDirection, remarkWritten } from './remark-written'

/**
 * Markdown of people, drawn without their HTML. Pictures become links: loading them would tell a
 * foreign host who reads this, and when.
 */
export function Markdown({ children }: { children: string }) {
  return (
    <div className="prose">
      <ReactMarkdown
        remarkPlugins={[remarkGfm, remarkWritten]}
        rehypePlugins={[rehypeDirection]}
        components={{
          a: ({ href, children: text }) => <Away to={href}>{text}</Away>,
          // What scrolls sideways must be reachable by keyboard.
          // biome-ignore lint/a11y/noNoninteractiveTabindex: see above.
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
