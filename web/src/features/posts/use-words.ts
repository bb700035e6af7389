import { zodResolver } from '@hookform/resolvers/zod'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import { meQuery } from '@/api/people'
import { keepUnsent, unsentAt, type Words } from './unsent'
import { wordsSchema } from './words'

/** Where words are kept while they are not sent: each person has their own, also in a shared browser. */
export function useUnsentKey(place: string): string {
  const { data: me } = useQuery(meQuery)
  return `${me?.id} ${place}`
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
  return { form, body, touched, clear }
}
