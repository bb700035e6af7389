import * as Primitive from '@radix-ui/react-dialog'
import { X } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { Button } from './button'
import { cn } from './cn'
import { isInputMethods } from './is-composing'

type Props = {
  open: boolean
  onClose: () => void
  title: string
  description?: ReactNode
  wide?: boolean
  children: ReactNode
}

/**
 * A modal dialog. The scrim is a plain element, not the primitive's overlay, because that one locks
 * scrolling through a style element, which a strict content security policy forbids.
 */
export function Dialog({ open, onClose, title, description, wide = false, children }: Props) {
  const content = useRef<HTMLDivElement>(null)
  // Another title is another step of the same dialog.
  useEffect(() => {
    const isOnNothing = [document.body, content.current].includes(
      document.activeElement as HTMLDivElement,
    )
    if (open && title && isOnNothing) firstPlaceIn(content.current)?.focus()
  }, [open, title])
  return (
    <Primitive.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Primitive.Portal>
        <div aria-hidden="true" className="fixed inset-0 z-40 bg-scrim" />
        <Primitive.Content
          ref={content}
          data-modal
          // Escape may be meant for what an input method proposes.
          onEscapeKeyDown={(event) => isInputMethods(event) && event.preventDefault()}
          onOpenAutoFocus={(event) => {
            const first = firstPlaceIn(content.current)
            if (!first) return
            event.preventDefault()
            first.focus()
          }}
          // The focus goes back to where it was, unless something took it as the dialog closed.
          onCloseAutoFocus={(event) =>
            document.activeElement !== document.body && event.preventDefault()
          }
          {...(description ? {} : { 'aria-describedby': undefined })}
          className={cn(
            'wrap-anywhere fixed inset-x-3 top-[8vh] z-50 mx-auto max-h-[84vh] animate-rise overflow-y-auto rounded-xl border border-line bg-raised p-5 shadow-float',
            wide ? 'max-w-2xl' : 'max-w-md',
          )}
        >
          <div className="mb-4 flex items-start justify-between gap-4">
            <div className="wrap-anywhere grid min-w-0 grid-cols-[minmax(0,1fr)] gap-1">
              <Primitive.Title dir="auto" className="font-semibold text-base">
                {title}
              </Primitive.Title>
              {description && (
                <Primitive.Description dir="auto" className="text-ink-soft">
                  {description}
                </Primitive.Description>
              )}
            </div>
            <Primitive.Close asChild>
              <Button variant="ghost" size="small-icon" aria-label="Close" className="-mt-1 -mr-1">
                <X className="size-4" aria-hidden="true" />
              </Button>
            </Primitive.Close>
          </div>
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}

/** The first field; without one, the button that changes nothing. Close is only the last resort. */
function firstPlaceIn(content: HTMLElement | null) {
  return (
    content?.querySelector<HTMLElement>(
      'input:not(:disabled):not([type="hidden"]), select:not(:disabled), textarea:not(:disabled)',
    ) ?? content?.querySelector<HTMLElement>('[data-safe]')
  )
}
