import * as Primitive from '@radix-ui/react-dropdown-menu'
import type { ComponentProps, ReactNode } from 'react'
import { cn } from './cn'

type Props = {
  trigger: ReactNode
  children: ReactNode
  align?: 'start' | 'end'
  defaultOpen?: boolean
  /** Whether what was chosen may take the focus, which otherwise goes back to the trigger. */
  leavesFocus?: boolean
}

/** Not modal: a modal menu locks scrolling, see `dialog.tsx`. */
export function Menu({
  trigger,
  children,
  align = 'end',
  defaultOpen = false,
  leavesFocus,
}: Props) {
  return (
    <Primitive.Root modal={false} defaultOpen={defaultOpen}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          onCloseAutoFocus={(event) => leavesFocus && isTaken() && event.preventDefault()}
          className="z-50 max-h-80 min-w-44 animate-rise overflow-y-auto rounded-lg border border-line bg-raised p-1 shadow-float"
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}

const isTaken = () => document.activeElement !== document.body

const item =
  'flex w-full cursor-pointer items-center gap-2 rounded-md px-2 py-1.5 outline-none select-none data-highlighted:bg-hover data-disabled:cursor-default data-disabled:opacity-50'

type ItemProps = ComponentProps<typeof Primitive.Item> & { tone?: 'plain' | 'danger' }

export function MenuItem({ tone = 'plain', className, ...props }: ItemProps) {
  return (
    <Primitive.Item
      className={cn(item, tone === 'danger' && 'text-danger', className)}
      {...props}
    />
  )
}

export function MenuCaption({ children }: { children: ReactNode }) {
  return (
    <Primitive.Label className="truncate px-2 pt-1.5 pb-1 text-ink-faint text-xs">
      {children}
    </Primitive.Label>
  )
}

export function MenuLine() {
  return <Primitive.Separator className="-mx-1 my-1 h-px bg-line" />
}
