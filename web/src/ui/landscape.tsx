import { cn } from './cn'

/** A ridge at dusk and its tarn, drawn with the theme's own colours. */
export function Landscape({ className }: { className: string }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 1200 300"
      preserveAspectRatio="xMidYMax slice"
      className={cn('fill-accent', className)}
    >
      <path
        opacity="0.07"
        d="M0 150 120 96l70 34 130-98 96 82 74-40 150 92 118-120 92 74 104-62 150 104 96-40v178H0z"
      />
      <path
        opacity="0.1"
        d="M0 206 140 150l110 46 150-74 130 82 120-46 160 60 130-86 120 66 140-40v142H0z"
      />
      <path opacity="0.16" d="M0 248c200-14 400-14 600 0s400 14 600 0v52H0z" />
      <path opacity="0.16" d="M0 274c200 10 400 10 600 0s400-10 600 0v26H0z" />
    </svg>
  )
}
