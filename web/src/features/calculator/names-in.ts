/** The variables of an expression, in the order they are met: words that are not called. */
export function namesIn(expression: string): string[] {
  const words = expression.matchAll(
    /(?<![\p{L}\p{M}\p{N}_.])([\p{L}_][\p{L}\p{M}\p{N}_]*)[\s\u200b-\u200f\u2060]*(\()?/gu,
  )
  const names = [...words].flatMap(([, word, call]) => (word && !call ? [word] : []))
  return [...new Set(names)]
}
