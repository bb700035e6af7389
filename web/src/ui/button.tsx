import { Slot } from '@radix-ui/react-slot'
import { cva, type VariantProps } from 'class-variance-authority'
import type { ComponentProps } from 'react'

const look = cva(
  'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap transition-colors disabled:cursor-not-allowed disabled:opacity-55',
  {
    variants: {
      variant: {
        primary:
          'bg-accent text-accent-ink shadow-lift enabled:hover:bg-accent-hover [a&]:hover:bg-accent-hover',
        secondary:
          'border border-line bg-raised text-ink shadow-lift enabled:hover:bg-hover [a&]:hover:bg-hover',
        ghost:
          'text-ink-soft enabled:hover:bg-hover enabled:hover:text-ink [a&]:hover:bg-hover [a&]:hover:text-ink',
        danger: 'border border-line bg-raised text-danger shadow-lift enabled:hover:bg-danger-wash',
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
  return <button type={type ?? 'button'} className={styles} {...props} />
}
