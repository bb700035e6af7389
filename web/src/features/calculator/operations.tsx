import { useQuery } from '@tanstack/react-query'
import { operationsQuery } from '@/api/calculations'
import type { CalculationOperation } from '@/api/types'

/** What may be written, in the words of who works it out; nothing while nobody knows. */
export function Operations() {
  const { data } = useQuery(operationsQuery)
  if (!data) return null
  return (
    <details className="rounded-lg border border-line px-3 py-2">
      <summary className="w-fit font-medium text-ink-soft">What can be written</summary>
      <dl className="mt-2 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
        {data.items.map((operation) => (
          <div key={`${operation.kind} ${operation.name}`} className="contents">
            <dt className="font-mono text-xs leading-5">{shapeOf(operation)}</dt>
            <dd className="wrap-anywhere text-ink-soft">{operation.meaning}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}

const letters = 'abcdefgh'

/** `if(a, b, c)`; what may be left out or added is told by dots. */
function shapeOf({ kind, name, minArguments, maxArguments }: CalculationOperation): string {
  if (kind === 'operator') return name
  const given = Array.from(letters.slice(0, minArguments))
  return `${name}(${[...given, ...(maxArguments === minArguments ? [] : ['…'])].join(', ')})`
}
