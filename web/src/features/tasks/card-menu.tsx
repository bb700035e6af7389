import { Ellipsis } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { Button } from '@/ui/button'
import { legible } from '@/ui/legible'
import type { CardMenuProps } from './card-actions'

const CardMenuItems = lazy(() =>
  import('./card-menu-items').then((file) => ({ default: file.CardMenuItems })),
)

/** Moving for whoever cannot drag. The menu is built on first use: a board has hundreds of these. */
export function CardMenu(props: CardMenuProps) {
  const [built, setBuilt] = useState(false)
  const trigger = (
    <Button
      variant="ghost"
      size="small-icon"
      aria-label={`Move ${legible(props.task.title)}`}
      aria-haspopup="menu"
      className="relative z-10 -my-0.5 -mr-1 opacity-0 focus-visible:opacity-100 group-focus-within:opacity-100 group-hover:opacity-100 data-[state=open]:opacity-100 pointer-coarse:opacity-100"
      {...(built ? {} : { onClick: () => setBuilt(true) })}
    >
      <Ellipsis className="size-4" aria-hidden="true" />
    </Button>
  )
  if (!built) return trigger
  return (
    <Suspense fallback={trigger}>
      <CardMenuItems {...props} trigger={trigger} />
    </Suspense>
  )
}
