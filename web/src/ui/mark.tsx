/** A ridge over still water. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" className={className} aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="#0f5e68" />
      <path
        d="M5 17.5 12.4 7.8a1.2 1.2 0 0 1 1.9 0l3.6 4.8 1.6-2a1.2 1.2 0 0 1 1.9 0l5.6 6.9z"
        fill="#d5f2ef"
      />
      <path d="M5 20.5h22M8.5 24h15" stroke="#5fd0c5" strokeWidth="2" strokeLinecap="round" />
    </svg>
  )
}
