import type { ClipboardEvent } from 'react'
import { withoutInvisible } from './visible'

type TextBox = HTMLInputElement | HTMLTextAreaElement

/** Pastes into a field of one line what can be seen; what is clean already is left to the browser. */
export function pasteLine(event: ClipboardEvent<TextBox>) {
  const box = event.currentTarget
  const text = event.clipboardData.getData('text/plain')
  const line = withoutInvisible(text)
  if (line === text || event.defaultPrevented || box.readOnly || box.disabled) return
  event.preventDefault()
  // Deprecated, and the only way that can be undone.
  if (line !== '' && document.execCommand?.('insertText', false, line)) return
  replaceSelection(box, line)
}

function replaceSelection(box: TextBox, text: string) {
  const [start, end] = [box.selectionStart ?? 0, box.selectionEnd ?? 0]
  const room = box.maxLength < 0 ? text.length : box.maxLength - box.value.length + end - start
  box.setRangeText(text.slice(0, Math.max(0, room)), start, end, 'end')
  box.dispatchEvent(new Event('input', { bubbles: true }))
}
