import * as z from 'zod/mini'
import { invisibleIn, oneLine } from './visible'

/** For names and titles in forms: cleaned as the server does, and refused where it would. */
export const visible = z.check<string>((given) => {
  given.value = oneLine(given.value)
  const message = invisibleIn(given.value)
  if (message) given.issues.push({ code: 'custom', input: given.value, message })
})

/** Only refuses: what is typed stays as it is, and is cleaned where it is sent. */
export const visibleOnceClean = z.check<string>((given) => {
  const message = invisibleIn(oneLine(given.value))
  if (message) given.issues.push({ code: 'custom', input: given.value, message })
})
