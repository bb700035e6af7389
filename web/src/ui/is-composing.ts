import type { KeyboardEvent as ReactKeyboardEvent } from 'react'

/** Whether a key belongs to an input method; 229 is what Safari sends for the Enter that ends it. */
export const isInputMethods = ({ isComposing, keyCode }: KeyboardEvent): boolean =>
  isComposing || keyCode === 229

export const isComposing = ({ nativeEvent }: ReactKeyboardEvent): boolean =>
  isInputMethods(nativeEvent)
