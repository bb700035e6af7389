import { Dialog } from '@/ui/dialog'

const shortcuts: [keys: string[], what: string][] = [
  [['/'], 'Search everything'],
  [['Ctrl', 'K'], 'Search everything, also while typing'],
  [['n'], 'New task, project, item or post'],
  [['?'], 'These shortcuts'],
  [['Esc'], 'Close what is open'],
  [['Space'], 'On a card: pick it up, and put it down'],
  [['←', '→', '↑', '↓'], 'Carry the card that is picked up'],
  [['Ctrl', 'Enter'], 'Save the open task'],
  [['Ctrl', 'Enter'], 'Send a post, comment or reply'],
  [['@'], 'Mention someone while writing'],
  [['Enter'], 'In a cell of the items: save it and go down'],
  [['↑', '↓'], 'To the cell above or below'],
  [['Esc'], 'Put back what the cell said before'],
  [['←', '→', '↑', '↓'], 'In the tree of a calculation: from part to part'],
  [['Home', 'End'], 'To its first or last part'],
]

export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog open onClose={onClose} title="Keyboard shortcuts">
      <dl className="grid gap-2.5">
        {shortcuts.map(([keys, what]) => (
          <div key={what} className="flex items-center justify-between gap-4">
            <dt className="text-ink-soft">{what}</dt>
            <dd className="flex gap-1">
              {keys.map((key) => (
                <kbd
                  key={key}
                  className="min-w-6 rounded-md border border-line bg-sunken px-1.5 py-0.5 text-center font-sans text-xs"
                >
                  {key}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <p className="mt-4 text-ink-faint">On a Mac, ⌘ does what Ctrl does elsewhere.</p>
    </Dialog>
  )
}
