import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router'
import { Compass } from 'lucide-react'
import { explain } from '@/api/api-problem'
import { Button } from '@/ui/button'
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

export function NotFoundPage() {
  useTitle('Not found')
  return (
    <main className="grid h-full place-items-center">
      <EmptyState
        isPage
        icon={<Compass />}
        title="There is nothing here"
        actions={
          <Button asChild variant="primary">
            <Link to="/projects">Go to your projects</Link>
          </Button>
        }
      >
        The address may be mistyped, or what was here is gone.
      </EmptyState>
    </main>
  )
}
