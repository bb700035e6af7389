import { Button } from '@/ui/button'
import { MarkedCharacter } from '@/ui/marked-character'
import type { CellProblem } from './item-fields'
import type { Cell } from './use-item-edits'

/** What is wrong with a cell, and the ways out; `label` names the cell where others are beside it. */
export function CellNote({ id, label, cell }: { id: string; label?: string; cell: Cell }) {
  return (
    <div
      id={id}
      role="alert"
      className="grid w-max max-w-72 gap-1.5 rounded-md border border-danger/40 bg-danger-wash px-2.5 py-2 text-xs leading-4"
    >
      {label && <p className="font-medium">{label}</p>}
      {cell.problems.map((problem) => (
        <Problem key={`${problem.detail} ${problem.position}`} problem={problem} />
      ))}
      {cell.theirs.map(({ label, value }) => (
        <p key={label} className="wrap-anywhere line-clamp-3">
          <span className="text-ink-soft">{label}:</span> {value}
        </p>
      ))}
      {cell.isRefused && (
        <div className="flex flex-wrap gap-1.5">
          {cell.theirs.length > 0 && (
            <Button size="small" onClick={() => cell.save(true)}>
              Save mine
            </Button>
          )}
          {cell.mayTryAgain && (
            <Button size="small" onClick={() => cell.save(true)}>
              Try again
            </Button>
          )}
          <Button size="small" onClick={cell.restore}>
            {cell.theirs.length > 0 ? 'Keep theirs' : 'Discard'}
          </Button>
        </div>
      )}
    </div>
  )
}

function Problem({ problem: { detail, position, text } }: { problem: CellProblem }) {
  return (
    <>
      <p className="wrap-anywhere text-danger">{detail}</p>
      {position !== null && <MarkedCharacter text={text} position={position} />}
    </>
  )
}
