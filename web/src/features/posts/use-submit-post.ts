import { type SyntheticEvent, useEffect, useRef, useSyncExternalStore } from 'react'
import { explain } from '@/api/api-problem'
import { showAtFields } from '@/api/field-errors'
import { toastProblem } from '@/ui/toast'
import type { Words } from './post-draft-store'
import { isUnderWay, onSubmissions, openBox, send } from './post-submissions'
import type { usePostForm } from './use-post-form'

type Options = {
  draftKey: string
  onClose: (() => void) | undefined
  isTold: ((error: unknown) => boolean) | undefined
}

/** Sends the words of a form, one sending at a time, and says what went wrong where it is seen. */
export function useSubmitPost(
  { form, letGo }: ReturnType<typeof usePostForm>,
  { draftKey, onClose, isTold }: Options,
) {
  const place = useRef<HTMLFormElement>(null)
  const isSending = useSyncExternalStore(onSubmissions, () => isUnderWay(draftKey))

  const succeed = (sent: Words) => {
    if (!onClose && !isElsewhere(place.current)) form.setFocus('body')
    if (letGo(sent)) onClose?.()
  }
  const fail = (error: unknown, isOwn: boolean) => {
    if (!(isOwn && isTold?.(error))) showAtFields(form, error)
  }
  useEffect(() => openBox(draftKey, { form: place, succeed, fail }))

  const sendBy = (run: (words: Words) => Promise<unknown>) => (event?: SyntheticEvent) => {
    event?.preventDefault()
    if (isSending) return
    const sent = form.getValues()
    void form.handleSubmit((words) => send(draftKey, sent, () => run(words), sayThatItIsKept))()
  }
  return { place, isSending, sendBy }
}

const sayThatItIsKept = (error: unknown) =>
  toastProblem(`What you wrote is not sent, but kept where you wrote it. ${explain(error)}`)

/** A button that sends loses the focus while it cannot be pressed: then the focus is nowhere. */
function isElsewhere(form: HTMLFormElement | null) {
  const { activeElement, body } = document
  return activeElement !== body && !form?.contains(activeElement)
}
