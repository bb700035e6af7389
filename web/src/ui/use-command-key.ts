import { useEffect, useRef } from 'react'
import { isInputMethods } from './is-composing'

/** One key with Ctrl, or ⌘ on a Mac, also while one is typing, but in no dialog. */
export function useCommandKey(key: string, act: () => void) {
  const latest = useRef(act)
  useEffect(() => {
    latest.current = act
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== key || !(event.ctrlKey || event.metaKey)) return
      if (event.altKey || event.shiftKey || isInputMethods(event)) return
      // Browsers have keys of their own for this, which are not meant here, even in a dialog.
      event.preventDefault()
      if (!document.querySelector('[role=dialog][data-modal]')) latest.current()
    }
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [key])
}
