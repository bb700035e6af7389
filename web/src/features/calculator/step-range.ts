import type { CalculationStep } from '@/api/types'

/** Where a part stands in its expression, and its operator or name within. */
export type StepRange = { from: number; to: number; head: number; headEnd: number }

const word = /[\d.]+(?:e[+\-‐‑‒–−﹣－]?\d+)?|[\p{L}_][\p{L}\p{M}\p{N}_]*|[<>=!]=|./iuy

/** Steps know where they begin; operands stand before what uses them, without a gap. */
export function rangeOfStep(
  expression: string,
  steps: CalculationStep[],
  index: number,
): StepRange {
  const endOf = (position: number) => {
    word.lastIndex = position
    return position + (word.exec(expression)?.[0].length ?? 0)
  }
  let first = index
  for (let next = steps[first]?.operands[0]; next !== undefined; next = steps[first]?.operands[0])
    first = next
  const begins = steps.slice(first, index + 1).map(({ position }) => position)
  const head = steps[index]?.position ?? 0
  const inner = { from: Math.min(...begins), to: Math.max(...begins.map(endOf)) }
  return { ...withParentheses(expression, inner), head, headEnd: endOf(head) }
}

/** Those that are opened or closed within belong to it as a whole. */
function withParentheses(expression: string, { from, to }: { from: number; to: number }) {
  let open = 0
  let closed = 0
  for (const character of expression.slice(from, to)) {
    if (character === '(') open += 1
    else if (character === ')' && open > 0) open -= 1
    else if (character === ')') closed += 1
  }
  let begin = from
  let end = to
  for (; closed > 0; closed -= 1) begin = expression.lastIndexOf('(', begin - 1)
  for (; open > 0; open -= 1) end = expression.indexOf(')', end) + 1
  return { from: begin, to: end }
}
