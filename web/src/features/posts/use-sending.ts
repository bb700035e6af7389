import { type SyntheticEvent, useRef } from 'react'
import { explain } from '@/api/api-problem'
import { showAtFields } from '@/api/field-errors'
import { toastProblem } from '@/ui/toast'
import { useIsShown } from '@/ui/use-is-shown'
import type { Words } from './unsent'
import type { useWords } from './use-words'

type Options = {
  onClose: (() => void) | undefined
  isTold: ((error: unknown) => boolean) | undefined
}

/** Sends the words of a form, one sending at a time, and says what went wrong where it is seen. */
export function useSending(
  { form, letGo }: ReturnType<typeof useWords>,
  { onClose, isTold }: Options,
) {
  const place = useRef<HTMLFormElement>(null)
  const isShown = useIsShown()
  const { isSubmitting } = form.formState

  const succeed = (sent: Words) => {
    if (!onClose && !isElsewhere(place.current)) form.setFocus('body')
    if (letGo(sent)) onClose?.()
  }
  const fail = (error: unknown) => {
    if (!isShown.current)
      toastProblem(`What you wrote is not sent, but kept where you wrote it. ${explain(error)}`)
    else if (!isTold?.(error)) showAtFields(form, error)
  }
  const sendBy = (run: (words: Words) => Promise<unknown>) => (event?: SyntheticEvent) => {
    event?.preventDefault()
    if (isSubmitting) return
    const sent = form.getValues()
    void form.handleSubmit((words) => run(words).then(() => succeed(sent), fail))()
  }
  return { place, sendBy }
}

/** A button that sends loses the focus while it cannot be pressed: then the focus is nowhere. */
function isElsewhere(form: HTMLFormElement | null) {
  const { activeElement, body } = document
  return activeElement !== body && !form?.contains(activeElement)
}
