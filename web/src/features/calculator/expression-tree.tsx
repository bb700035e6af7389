import { type FocusEvent, type KeyboardEvent, useState } from 'react'
import type { CalculationStep } from '@/api/types'
import { cn } from '@/ui/cn'
import { isComposing } from '@/ui/is-composing'
import { rangeOfStep } from './step-range'

/** More than one can look through. */
const maxParts = 200

/** A few lines on a phone. */
const shortEnough = 200

type TreeProps = { expression: string; steps: CalculationStep[] }

/** An expression as the tree that it was worked out by: each part with what it came to. */
export function ExpressionTree({ expression, steps }: TreeProps) {
  const root = steps.length - 1
  const [current, setCurrent] = useState(root)
  const [focused, setFocused] = useState<number>()
  const [pointed, setPointed] = useState<number>()
  const shown = pointed ?? focused
  if (steps.length > maxParts)
    return (
      <p className="text-ink-soft">
        The expression has {steps.length} parts. That is too large to draw: up to {maxParts} are
        drawn.
      </p>
    )
  function focus({ target }: FocusEvent) {
    const index = stepAt(target) ?? root
    setCurrent(index)
    setFocused(index)
    setPointed(undefined)
  }
  return (
    <section
      aria-labelledby="part-by-part"
      className="grid gap-2 rounded-xl border border-line bg-raised p-4 shadow-lift"
    >
      <h2 id="part-by-part" className="font-medium text-ink-soft">
        Part by part
      </h2>
      <Source expression={expression} steps={steps} shown={shown} />
      <div className="overflow-x-auto p-1">
        <ul
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a tree is a list of lists
          role="tree"
          aria-labelledby="part-by-part"
          className="w-max min-w-full"
          onKeyDown={walk}
          onFocus={focus}
          onBlur={() => setFocused(undefined)}
          // Not when it scrolls away under a pointer that rests.
          onPointerMove={({ target }) => setPointed(stepAt(target))}
          onPointerLeave={() => setPointed(undefined)}
        >
          <Part steps={steps} index={root} current={current} shown={shown} />
        </ul>
      </div>
    </section>
  )
}

/** The expression, with the place of the part that one looks at. */
function Source({ expression, steps, shown }: TreeProps & { shown: number | undefined }) {
  const place = shown === undefined ? undefined : rangeOfStep(expression, steps, shown)
  const text = cn(
    'wrap-anywhere whitespace-pre-wrap font-mono text-ink-soft',
    // So that it is in sight from far down its tree, unless it would hide that.
    expression.length <= shortEnough && 'sticky top-0 z-10 bg-raised py-1.5',
  )
  if (!place) return <p className={text}>{expression}</p>
  return (
    <p className={text}>
      {expression.slice(0, place.from)}
      <span className="rounded-sm bg-accent-wash text-ink">
        {expression.slice(place.from, place.head)}
        <mark className="rounded-sm bg-accent text-accent-ink">
          {expression.slice(place.head, place.headEnd)}
        </mark>
        {expression.slice(place.headEnd, place.to)}
      </span>
      {expression.slice(place.to)}
    </p>
  )
}

type PartProps = {
  steps: CalculationStep[]
  index: number
  current: number
  shown: number | undefined
  within?: CalculationStep
}

/** A line, and below it, further in, its operands. */
function Part({ within, ...props }: PartProps) {
  const { steps, index, current, shown } = props
  const step = steps[index]
  if (!step) return null
  return (
    <li
      role="treeitem"
      data-step={index}
      tabIndex={index === current ? 0 : -1}
      aria-label={inWords(step)}
      className={cn(
        'scroll-mt-32 outline-none [&:focus-visible>div]:outline-2 [&:focus-visible>div]:outline-accent',
        within && branch,
      )}
    >
      <div
        className={cn(
          'flex w-fit items-baseline gap-2 rounded-md py-0.5 pr-2',
          shown === index && 'bg-hover',
        )}
      >
        <span
          className={cn(
            'max-w-48 truncate rounded-md border px-1.5 py-0.5 font-mono',
            step.value === null ? 'border-line border-dashed text-ink-soft' : look[step.kind],
          )}
        >
          {step.text}
        </span>
        <Value step={step} within={within} />
      </div>
      {step.operands.length > 0 && (
        // biome-ignore lint/a11y/useSemanticElements: a branch of a tree is no set of fields
        <ul role="group" className="ml-2 sm:ml-3.5">
          {step.operands.map((operand) => (
            <Part key={operand} {...props} index={operand} within={step} />
          ))}
        </ul>
      )}
    </li>
  )
}

function Value({ step, within }: { step: CalculationStep; within: CalculationStep | undefined }) {
  if (step.value === null)
    return within?.value === null ? null : <span className="text-ink-faint">not needed</span>
  if (step.value === step.text) return null
  return (
    <span className="flex max-w-40 gap-1 tabular-nums sm:max-w-64">
      <span className="text-ink-faint">{step.exact ? '=' : '≈'}</span>
      <span
        title={step.value.length > 16 ? step.value : undefined}
        className="wrap-anywhere truncate in-[li:focus>div]:whitespace-normal"
      >
        {step.value}
      </span>
    </span>
  )
}

const look: Record<CalculationStep['kind'], string> = {
  number: 'border-line bg-surface',
  variable: 'border-ok/40 bg-ok-wash text-ok',
  operator: 'border-accent/40 bg-accent-wash text-accent',
  function: 'border-accent/40 bg-accent-wash text-accent',
}

/** The line that leads to a part from the one that uses it, and on to the next. */
const branch = cn(
  'relative pt-1 pl-4 sm:pl-5',
  'before:absolute before:top-0 before:left-0 before:h-5 before:w-3 sm:before:w-4 before:rounded-bl-md before:border-line-strong/50 before:border-b before:border-l',
  'after:absolute after:top-0 after:bottom-0 after:left-0 after:border-line-strong/50 after:border-l last:after:hidden',
)

function inWords({ kind, text, value, exact }: CalculationStep): string {
  if (value === null) return `${text}, not needed`
  if (kind === 'number') return text
  return `${text} ${exact ? 'is' : 'is about'} ${value}`
}

function stepAt(target: EventTarget): number | undefined {
  const item = target instanceof Element && target.closest<HTMLElement>('[data-step]')
  return item ? Number(item.dataset.step) : undefined
}

/** From part to part as in any tree: up and down by line, left to what uses it, right to its operands. */
function walk(event: KeyboardEvent<HTMLElement>) {
  const item = event.target
  if (isComposing(event)) return
  if (!(item instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.altKey) return
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=treeitem]')]
  const at = items.indexOf(item)
  const next: Record<string, () => HTMLElement | null | undefined> = {
    ArrowDown: () => items[at + 1],
    ArrowUp: () => items[at - 1],
    ArrowLeft: () => item.parentElement?.closest<HTMLElement>('[role=treeitem]'),
    ArrowRight: () => item.querySelector<HTMLElement>('[role=treeitem]'),
    Home: () => items[0],
    End: () => items.at(-1),
  }
  const key = next[event.key]
  if (!key) return
  event.preventDefault()
  key()?.focus()
}
