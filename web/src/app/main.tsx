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
  // Where a browser forbids workers and channels, the app is what it is without a stream.
  import('./live').then(({ startLive }) => startLive(tarn)).catch(() => undefined)
}
