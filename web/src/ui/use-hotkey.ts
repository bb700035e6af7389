import { useEffect, useRef } from 'react'
import { isInputMethods } from './is-composing'

/** One key, pressed while nobody is typing and no dialog is open. */
export function useHotkey(key: string, act: () => void) {
  const latest = useRef(act)
  useEffect(() => {
    latest.current = act
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key !== key || event.ctrlKey || event.metaKey || event.altKey) return
      if (
        isInputMethods(event) ||
        event.defaultPrevented ||
        isTyping(event.target) ||
        modalIsOpen()
      )
        return
      event.preventDefault()
      latest.current()
    }
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [key])
}

function isTyping(target: EventTarget | null) {
  return (
    target instanceof Element &&
    target.matches('input:not([type=checkbox]), textarea, select, [contenteditable=true]')
  )
}

function modalIsOpen() {
  return document.querySelector('[role=dialog][data-modal], [role=menu]') !== null
}
