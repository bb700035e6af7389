import type { KeyboardEvent } from 'react'

/** Whether a key belongs to an input method; 229 is what Safari sends for the Enter that ends it. */
export const isComposing = ({ nativeEvent }: KeyboardEvent): boolean =>
  nativeEvent.isComposing || nativeEvent.keyCode === 229
