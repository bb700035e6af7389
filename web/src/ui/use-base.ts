import { useState } from 'react'

/**
 * What a form is edited from: it follows the newest version only while nothing is typed, so that a
 * change made elsewhere meanwhile is not overwritten unseen.
 */
export function useBase<T extends { version: number }>(newest: T, isDirty: boolean) {
  const [base, setBase] = useState(newest)
  const isBehind = !isDirty && newest.version > base.version
  if (isBehind) setBase(newest)
  return [isBehind ? newest : base, setBase] as const
}
