import { Slot } from '@radix-ui/react-slot'
import { cva, type VariantProps } from 'class-variance-authority'
import { type ComponentProps, useState } from 'react'

const look = cva(
  'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap transition-colors disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55',
  {
    variants: {
      variant: {
        primary:
          'bg-accent text-accent-ink shadow-lift enabled:not-aria-disabled:hover:bg-accent-hover [a&]:hover:bg-accent-hover',
        secondary:
          'border border-line bg-raised text-ink shadow-lift enabled:not-aria-disabled:hover:bg-hover [a&]:hover:bg-hover',
        ghost:
          'text-ink-soft enabled:not-aria-disabled:hover:bg-hover enabled:not-aria-disabled:hover:text-ink [a&]:hover:bg-hover [a&]:hover:text-ink',
        danger:
          'border border-line bg-raised text-danger shadow-lift enabled:not-aria-disabled:hover:bg-danger-wash',
      },
      size: {
        small: 'h-7 px-2 text-xs',
        medium: 'h-8 px-3',
        large: 'h-10 px-4 text-[0.9375rem]',
        icon: 'size-8',
        'small-icon': 'size-7',
      },
    },
    defaultVariants: { variant: 'secondary', size: 'medium' },
  },
)

type Props = ComponentProps<'button'> & VariantProps<typeof look> & { asChild?: boolean }

export function Button({ className, variant, size, asChild = false, type, ...props }: Props) {
  const styles = look({ variant, size, className })
  if (asChild) return <Slot className={styles} {...props} />
  return <PlainButton type={type ?? 'button'} className={styles} {...props} />
}

/**
 * A browser takes the focus away from a button that becomes disabled: one that has the focus is only
 * called disabled, and does nothing, until the focus has left it.
 */
function PlainButton({ disabled, onFocus, onBlur, onClick, ...props }: ComponentProps<'button'>) {
  const [isFocused, setFocused] = useState(false)
  const isHeld = disabled && isFocused
  return (
    <button
      {...props}
      disabled={disabled && !isFocused}
      aria-disabled={isHeld || undefined}
      onFocus={(event) => {
        setFocused(true)
        onFocus?.(event)
      }}
      onBlur={(event) => {
        // A window that loses the focus keeps its focused element.
        setFocused(event.relatedTarget === null && !document.hasFocus())
        onBlur?.(event)
      }}
      // Without its click the button sends no form either.
      onClick={(event) => (isHeld ? event.preventDefault() : onClick?.(event))}
    />
  )
}
