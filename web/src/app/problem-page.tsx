import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router'
import { Compass } from 'lucide-react'
import { explain } from '@/api/api-problem'
import { Button } from '@/ui/button'
import type { OptionalService } from '@/ui/has-service'
import { EmptyState, ErrorState } from '@/ui/states'
import { useTitle } from '@/ui/use-title'

export function ProblemPage({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  return (
    <ErrorState
      isPage
      message={explain(error)}
      onRetry={() => {
        reset()
        void router.invalidate()
      }}
    />
  )
}

const withoutService: Record<OptionalService, string> = {
  posts: 'This Tarn runs without posts.',
  calculator: 'This Tarn runs without the calculator.',
  worker: 'This Tarn runs without the worker, and so without its timetable.',
}

/** `data`: the service that the page belongs to and this Tarn runs without. */
export function NotFoundPage({ data }: { data?: unknown }) {
  useTitle('Not found')
  const why = withoutService[data as OptionalService]
  return (
    <main className="grid h-full place-items-center">
      <EmptyState
        isPage
        icon={<Compass />}
        title={why ? 'This page is not available' : 'There is nothing here'}
        actions={
          <Button asChild variant="primary">
            <Link to="/projects">Go to your projects</Link>
          </Button>
        }
      >
        {why ?? 'The address may be mistyped, or what was here is gone.'}
      </EmptyState>
    </main>
  )
}
