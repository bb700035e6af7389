import { useEffect, useState } from 'react'
import { headerOf, noHeader } from './csv-header'

/** The header of a file, as soon as it is read; a file that cannot be read tells so when it is sent. */
export function useHeader(file: File | null) {
  const [header, setHeader] = useState(noHeader)
  useEffect(() => {
    let isChosen = true
    setHeader(noHeader)
    if (file)
      headerOf(file).then(
        (found) => isChosen && setHeader(found),
        () => undefined,
      )
    return () => {
      isChosen = false
    }
  }, [file])
  return header
}
