/** What is worked out, and with which values: all of it in the URL, so that it can be shared. */
export type CalculatorSearch = {
  expression?: string
  places?: string
} & { [value: `value.${string}`]: string }

export type Question = { expression: string; values: Record<string, string>; places: string }

const prefix = 'value.'

export function calculatorSearch(search: Record<string, unknown>): CalculatorSearch {
  const { expression, places } = search
  const values = Object.entries(search).filter(
    ([name, value]) => name.startsWith(prefix) && typeof value === 'string' && value,
  )
  return {
    ...(typeof expression === 'string' && expression ? { expression } : {}),
    ...(typeof places === 'string' && /^\d{1,3}$/.test(places) ? { places } : {}),
    ...Object.fromEntries(values),
  }
}

export const questionIn = ({
  expression = '',
  places = '',
  ...rest
}: CalculatorSearch): Question => ({
  expression,
  places,
  values: Object.fromEntries(
    Object.entries(rest).map(([name, value]) => [name.slice(prefix.length), value]),
  ),
})

/** Values of names that are not in the expression, or not any more, are nobody's business. */
export function searchOf(
  { expression, values, places }: Question,
  names: string[],
): CalculatorSearch {
  const given = names.map((name) => [prefix + name, givenTo(values, name)])
  return calculatorSearch({ expression, places, ...Object.fromEntries(given) })
}

/** A name may be any word, also one that every object knows. */
export function givenTo(values: Record<string, string>, name: string): string {
  return Object.hasOwn(values, name) ? (values[name] ?? '') : ''
}

export function isSame(one: CalculatorSearch, other: CalculatorSearch): boolean {
  const text = (search: CalculatorSearch) => JSON.stringify(Object.entries(search).sort())
  return text(one) === text(other)
}
