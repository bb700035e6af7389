import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useEffect } from 'react'
import { keepFocus } from '@/ui/focus-keeper'
import { Toaster } from '@/ui/toast'
import type { Tarn } from './create-tarn'

export function App({ tarn: { queryClient, router } }: { tarn: Tarn }) {
  useEffect(keepFocus, [])
  return (
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
      <Toaster />
    </QueryClientProvider>
  )
}
