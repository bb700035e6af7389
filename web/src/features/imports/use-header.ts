import { useEffect, useState } from 'react'
import type { Charset } from './charset'
import { headerOf, noHeader } from './csv-header'

/** The header of a file, as soon as it is read; a file that cannot be read tells so when it is sent. */
export function useHeader(file: File | null, charset: Charset | undefined) {
  const [header, setHeader] = useState({ file, ...noHeader })
  useEffect(() => {
    let isChosen = true
    if (file)
      headerOf(file, charset).then(
        (found) => isChosen && setHeader({ file, ...found }),
        () => undefined,
      )
    return () => {
      isChosen = false
    }
  }, [file, charset])
  return header.file === file ? header : noHeader
}
