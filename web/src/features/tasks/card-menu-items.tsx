import { ArrowDown, ArrowRight, ArrowUp } from 'lucide-react'
import type { ReactNode } from 'react'
import { legible } from '@/ui/legible'
import { Menu, MenuCaption, MenuItem, MenuLine } from '@/ui/menu'
import type { CardMenuProps } from './card-actions'

export function CardMenuItems({
  task,
  sectionId,
  destinations,
  actions,
  trigger,
}: CardMenuProps & { trigger: ReactNode }) {
  return (
    <Menu trigger={trigger} defaultOpen>
      <MenuItem onSelect={() => actions.onStep(task, 'up')}>
        <ArrowUp className="size-4" aria-hidden="true" />
        Move up
      </MenuItem>
      <MenuItem onSelect={() => actions.onStep(task, 'down')}>
        <ArrowDown className="size-4" aria-hidden="true" />
        Move down
      </MenuItem>
      <MenuLine />
      <MenuCaption>Move to</MenuCaption>
      {destinations
        .filter(({ id }) => id !== sectionId)
        .map(({ id, name }) => (
          <MenuItem key={id} onSelect={() => actions.onSend(task, id)}>
            <ArrowRight className="size-4" aria-hidden="true" />
            <span dir="auto" className="max-w-48 truncate">
              {legible(name)}
            </span>
          </MenuItem>
        ))}
    </Menu>
  )
}
