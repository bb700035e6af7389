import { useMemo } from 'react'

type Props = { html: string /** Whose mentions stand out most. */; reader?: string | undefined }

/**
 * HTML that the server made of Markdown; the only place in the app that draws HTML as it comes.
 *
 * It is safe because the server escapes what people write as HTML, lets only a short list of elements
 * and attributes pass a second wall (`Markdown.java`), and sends a Content-Security-Policy under which
 * no script runs but the app's own. Here it is read into a document that neither runs nor loads
 * anything: links are made to leave Tarn in a tab of their own, and pictures become links, as loading
 * them would tell a foreign host who reads this, and when.
 */
export function ServerHtml({ html, reader }: Props) {
  const drawn = useMemo(() => prepared(html, reader), [html, reader])
  // biome-ignore lint/security/noDangerouslySetInnerHtml: sanitised by the server, see above.
  return <div dir="auto" className="prose" dangerouslySetInnerHTML={{ __html: drawn }} />
}

function prepared(html: string, reader: string | undefined): string {
  const { body } = new DOMParser().parseFromString(html, 'text/html')
  for (const picture of body.querySelectorAll('img')) {
    const link = body.ownerDocument.createElement('a')
    link.href = picture.getAttribute('src') ?? ''
    link.textContent = picture.alt || 'Picture'
    // A picture within a link is that link's text.
    picture.replaceWith(picture.closest('a') ? link.textContent : link)
  }
  // What scrolls sideways must be reachable by keyboard.
  for (const block of body.querySelectorAll('pre')) block.tabIndex = 0
  for (const link of body.querySelectorAll('a')) {
    link.target = '_blank'
    link.rel = 'nofollow noopener noreferrer'
  }
  for (const box of body.querySelectorAll('input')) {
    box.setAttribute('aria-label', box.hasAttribute('checked') ? 'Done' : 'Open')
    box.closest('li')?.classList.add('task-list-item')
  }
  for (const mention of body.querySelectorAll('.mention'))
    if (reader && mention.getAttribute('data-user') === reader) mention.classList.add('mention-own')
  return body.innerHTML
}
