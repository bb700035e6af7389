import { useSyncExternalStore } from 'react'

export type Theme = 'light' | 'dark' | 'system'

/** `public/theme.js` reads the same key before the first paint and listens to the event. */
const key = 'theme'
const changed = 'tarn:theme'

export function useTheme(): [Theme, (theme: Theme) => void] {
  return [useSyncExternalStore(subscribe, stored), choose]
}

function choose(theme: Theme) {
  try {
    if (theme === 'system') localStorage.removeItem(key)
    else localStorage.setItem(key, theme)
  } catch {
    return
  }
  dispatchEvent(new Event(changed))
}

function stored(): Theme {
  try {
    const value = localStorage.getItem(key)
    return value === 'dark' || value === 'light' ? value : 'system'
  } catch {
    return 'system'
  }
}

function subscribe(listener: () => void) {
  addEventListener(changed, listener)
  addEventListener('storage', listener)
  return () => {
    removeEventListener(changed, listener)
    removeEventListener('storage', listener)
  }
}
