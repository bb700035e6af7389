import { type ReactNode, useEffect, useRef } from 'react'

type Props = { onClose: () => void; children: ReactNode }

/** The sidebar on a phone. The browser's own dialog brings the focus trap and Escape. */
export function Drawer({ onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    dialog.current?.showModal()
  }, [])
  return (
    <dialog
      ref={dialog}
      aria-label="Navigation"
      onClose={onClose}
      onPointerDown={(event) => event.target === dialog.current && onClose()}
      className="h-dvh max-h-none w-72 max-w-[85vw] bg-canvas text-ink shadow-float backdrop:bg-scrim"
    >
      {children}
    </dialog>
  )
}
