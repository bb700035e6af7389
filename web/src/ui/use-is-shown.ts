import { useEffect, useRef } from 'react'

/** Whether a component is still on the page: what goes wrong later is to be told elsewhere. */
export function useIsShown() {
  const isShown = useRef(false)
  useEffect(() => {
    isShown.current = true
    return () => {
      isShown.current = false
    }
  }, [])
  return isShown
}
