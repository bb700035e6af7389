// Runs before the first paint, so that a dark room never sees a white flash.
;(() => {
  const system = matchMedia('(prefers-color-scheme: dark)')
  const apply = () => {
    let choice = null
    try {
      choice = localStorage.getItem('theme')
    } catch {
      // Storage may be switched off: then the system decides.
    }
    const dark = choice ? choice === 'dark' : system.matches
    document.documentElement.classList.toggle('dark', dark)
  }
  apply()
  system.addEventListener('change', apply)
  addEventListener('storage', apply)
  addEventListener('tarn:theme', apply)
})()
