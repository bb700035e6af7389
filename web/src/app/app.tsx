import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { keepFocus } from '@/ui/focus-keeper'
import { Toaster } from '@/ui/toast'
import type { Tarn } from './create-tarn'
import { followAccount } from './follow-account'
import { Away } from './root'

export function App({ tarn }: { tarn: Tarn }) {
  const { queryClient, router } = tarn
  const [isAway, setAway] = useState(false)
  useEffect(() => followAccount(tarn, setAway), [tarn])
  useEffect(keepFocus, [])
  return (
    <QueryClientProvider client={queryClient}>
      <Away value={isAway}>
        <RouterProvider router={router} />
      </Away>
      <Toaster />
    </QueryClientProvider>
  )
}
