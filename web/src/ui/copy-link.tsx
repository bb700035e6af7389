import { Link2 } from 'lucide-react'
import { MenuItem } from './menu'
import { toast, toastProblem } from './toast'

/** Browsers offer the clipboard on https only. */
export const canCopy = () => 'clipboard' in navigator

/** The entry of a menu that copies an address of this app. */
export function CopyLink({ path }: { path: string }) {
  const copy = () =>
    navigator.clipboard.writeText(`${location.origin}${path}`).then(
      () => toast('The link is copied.'),
      () => toastProblem('This browser does not let the link be copied.'),
    )
  return (
    <MenuItem onSelect={() => void copy()}>
      <Link2 className="size-4" aria-hidden="true" />
      Copy link
    </MenuItem>
  )
}
