/** What is wrong with what was typed into the field above it; nothing when nothing is. */
export function FaultNote({ id, children }: { id: string; children: string | null }) {
  return (
    children && (
      <p id={id} role="alert" className="wrap-anywhere text-danger text-xs">
        {children}
      </p>
    )
  )
}
