import { zodResolver } from '@hookform/resolvers/zod'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import { meQuery } from '@/api/people'
import { keepUnsent, onBroughtBack, timesBroughtBack, unsentAt, type Words } from './unsent'
import { wordsSchema } from './words'

/** Where words are kept while they are not sent: each person has their own, also in a shared browser. */
export function useUnsentKey(place: string): string {
  const client = useQueryClient()
  // Asked at once, because when the session ends nobody knows any more who it was.
  const [me] = useState(() => client.getQueryData(meQuery.queryKey)?.id)
  return `${me} ${place}`
}

/**
 * Whether somebody is writing in a place: as soon as it is opened, while something is not sent, and
 * when words come back to it. `round` is the key of what is open, because it then starts anew.
 */
export function useWriting(key: string) {
  const round = useSyncExternalStore(onBroughtBack, () => timesBroughtBack(key))
  const [isWriting, setWriting] = useState(() => unsentAt(key) !== undefined)
  const [seen, setSeen] = useState(round)
  if (seen !== round) {
    setSeen(round)
    setWriting(true)
  }
  return { isWriting, setWriting, round }
}

/** A form of words that survives being closed. */
export function useWords(key: string, initial: Words, version?: number) {
  const form = useForm<Words>({
    resolver: zodResolver(wordsSchema),
    defaultValues: unsentAt(key)?.words ?? initial,
  })
  const [title, body] = useWatch({ control: form.control, name: ['title', 'body'] })
  const touched = title !== initial.title || body !== initial.body
  useEffect(() => {
    keepUnsent(key, touched ? { title, body } : null, version)
  }, [key, touched, title, body, version])
  /** Sent or given up. */
  const clear = () => {
    keepUnsent(key, null)
    form.reset(initial)
  }
  /** Lets go of what was sent, but not of what was typed since; answers whether nothing was. */
  const letGo = (sent: Words): boolean => {
    const now = form.getValues()
    if (now.title === sent.title && now.body === sent.body) {
      clear()
      return true
    }
    if (initial.body === '') {
      if (now.title === sent.title) form.setValue('title', '')
      if (now.body.startsWith(sent.body))
        form.setValue('body', now.body.slice(sent.body.length).trimStart())
    }
    keepUnsent(key, form.getValues(), version)
    return false
  }
  return { form, body, touched, clear, letGo }
}
