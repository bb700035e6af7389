import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app'
import { createTarn } from './create-tarn'
import '@fontsource-variable/inter/wght.css'
import '@/ui/theme.css'

const root = document.getElementById('root')
if (root) {
  const tarn = createTarn()
  createRoot(root).render(
    <StrictMode>
      <App tarn={tarn} />
    </StrictMode>,
  )
  // Not to be had, the app is what it is where there is no stream.
  import('./live').then(
    ({ startLive }) => startLive(tarn),
    () => undefined,
  )
}
