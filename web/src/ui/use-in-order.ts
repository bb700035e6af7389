import { useEffect, useRef, useState } from 'react'

export type Waiting = { id: number; text: string }

/** Runs what is added one after the other, in the order typed, also when one of them fails. */
export function useInOrder() {
  const [waiting, setWaiting] = useState<Waiting[]>([])
  const last = useRef<Promise<unknown>>(Promise.resolve())
  const nextId = useRef(1)
  const hasWaiting = waiting.length > 0

  useEffect(() => {
    if (!hasWaiting) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [hasWaiting])

  function add<T>(text: string, run: () => Promise<T>): Promise<T> {
    const id = nextId.current++
    setWaiting((all) => [...all, { id, text }])
    const result = last.current.then(run, run)
    const end = () => setWaiting((all) => all.filter((one) => one.id !== id))
    result.then(end, end)
    last.current = result
    return result
  }

  return { waiting, add }
}
