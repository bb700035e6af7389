import { useQuery } from '@tanstack/react-query'
import { explain, isProblem } from '@/api/api-problem'
import { type Calculated, calculationQuery } from '@/api/calculations'
import type { CalculationDraft } from '@/api/types'
import { Field, Input, Textarea } from '@/ui/field'
import { MarkedCharacter } from '@/ui/marked-character'
import { useDebounced } from '@/ui/use-debounced'
import { useTitle } from '@/ui/use-title'
import { givenTo, type Question } from './calculator-search'
import { ExpressionTree } from './expression-tree'
import { Operations } from './operations'
import { useQuestion } from './use-question'

export function CalculatorPage() {
  useTitle('Calculator')
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto grid max-w-2xl grid-cols-[minmax(0,1fr)] gap-5 px-4 py-6 sm:px-8">
        <div className="grid gap-1">
          <h1 className="font-semibold text-xl tracking-tight">Calculator</h1>
          <p className="text-ink-soft">
            Every digit is exact: 0.1 + 0.2 is 0.3, and 1 / 3 * 3 is 1. Write names for what may
            change.
          </p>
        </div>
        <Calculation />
      </div>
    </div>
  )
}

function Calculation() {
  const { question, names, change } = useQuestion()
  const { expression, values, places } = question
  const typed = JSON.stringify(draftOf(question, names))
  const settled = useDebounced(typed)
  const draft = JSON.parse(settled) as CalculationDraft
  const { data, error, isPlaceholderData } = useQuery(calculationQuery(draft))
  const asked = draft.expression.trim() !== ''
  return (
    <div className="grid gap-4">
      <Field label="Expression">
        {(parts) => (
          <Textarea
            {...parts}
            rows={3}
            maxLength={5000}
            spellCheck={false}
            autoComplete="off"
            className="font-mono"
            value={expression}
            onChange={(event) => change({ expression: event.target.value })}
          />
        )}
      </Field>
      <Operations />
      <div className="grid gap-4 sm:grid-cols-3">
        {names.map((name) => (
          <Field key={name} label={name}>
            {(parts) => (
              <Input
                {...parts}
                inputMode="decimal"
                autoComplete="off"
                value={givenTo(values, name)}
                onChange={(event) => change({ values: { ...values, [name]: event.target.value } })}
              />
            )}
          </Field>
        ))}
        <Field label="Decimal places" hint="Empty: as many as there are.">
          {(parts) => (
            <Input
              {...parts}
              type="number"
              min={0}
              max={100}
              value={places}
              onChange={(event) => change({ places: event.target.value })}
            />
          )}
        </Field>
      </div>
      <div aria-live="polite" aria-busy={settled !== typed || isPlaceholderData}>
        {asked && <Outcome expression={draft.expression} result={data} error={error} />}
      </div>
      {asked && !error && data?.steps && (
        <ExpressionTree key={data.asked} expression={data.asked} steps={data.steps} />
      )}
    </div>
  )
}

/** What is empty is not sent: the answer then says which name has no value. */
function draftOf({ expression, values, places }: Question, names: string[]): CalculationDraft {
  const given = names.flatMap((name) => {
    const value = givenTo(values, name).trim()
    return value ? [[name, value] as const] : []
  })
  return {
    expression,
    variables: Object.fromEntries(given),
    ...(places === '' ? {} : { scale: Number(places) }),
  }
}

type OutcomeProps = {
  expression: string
  result: Calculated | undefined
  error: Error | null
}

function Outcome({ expression, result, error }: OutcomeProps) {
  if (error) return <Wrong expression={expression} error={error} />
  if (!result) return null
  return (
    <div className="grid gap-2 rounded-xl border border-line bg-raised p-4 shadow-lift">
      <output aria-label="Result" className="wrap-anywhere font-semibold text-2xl tabular-nums">
        {result.result}
      </output>
      <p className="text-ink-soft">
        {result.exact ? 'Exactly this.' : 'Rounded: the digits go on, or were cut as you asked.'}
      </p>
    </div>
  )
}

function Wrong({ expression, error }: { expression: string; error: Error }) {
  const place = isProblem(error) ? error.problem.errors?.[0] : undefined
  const position = place?.pointer === '/expression' ? place.position : undefined
  return (
    <div className="grid gap-2 rounded-xl border border-line bg-danger-wash p-4">
      <p className="text-danger">{explain(error)}</p>
      {typeof position === 'number' && <MarkedCharacter text={expression} position={position} />}
    </div>
  )
}
