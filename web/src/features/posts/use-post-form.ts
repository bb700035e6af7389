import { zodResolver } from '@hookform/resolvers/zod'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import { postDrafts, timesBroughtBack, type Words } from './post-draft-store'
import { postFormSchema } from './post-form-schema'

/**
 * Whether someone is writing in a place: as soon as it is opened, while something is not sent, and
 * when words come back to it. `round` is the key of what is open, because it then starts anew.
 */
export function useWriting(key: string) {
  const round = useSyncExternalStore(postDrafts.subscribe, () => timesBroughtBack(key))
  const [isWriting, setWriting] = useState(() => postDrafts.at(key) !== undefined)
  const [seen, setSeen] = useState(round)
  if (seen !== round) {
    setSeen(round)
    setWriting(true)
  }
  return { isWriting, setWriting, round }
}

/** A form of words that survives being closed. */
export function usePostForm(key: string, initial: Words, version?: number) {
  const form = useForm<Words>({
    resolver: zodResolver(postFormSchema),
    defaultValues: postDrafts.at(key)?.words ?? initial,
  })
  const [title, body] = useWatch({ control: form.control, name: ['title', 'body'] })
  const touched = title !== initial.title || body !== initial.body
  useEffect(() => {
    postDrafts.keep(key, touched ? { words: { title, body }, version } : undefined)
  }, [key, touched, title, body, version])
  /** Sent or given up. */
  const clear = () => {
    postDrafts.keep(key, undefined)
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
    postDrafts.keep(key, { words: form.getValues(), version })
    return false
  }
  return { form, body, touched, clear, letGo }
}
