import { cn } from './cn'

export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden="true" className={cn('animate-breathe rounded-md bg-hover', className)} />
}

export function SkeletonRows({
  count = 6,
  className = 'h-9',
}: {
  count?: number
  className?: string
}) {
  return (
    <div role="status" aria-label="Loading" className="grid gap-2">
      {Array.from({ length: count }, (_, index) => `row-${index}`).map((key) => (
        <Skeleton key={key} className={className} />
      ))}
    </div>
  )
}
