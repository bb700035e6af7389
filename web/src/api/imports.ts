import { queryOptions } from '@tanstack/react-query'
import { Unreachable } from './api-problem'
import { callWithFile, problemOf, urlOf, writingOnce } from './client'
import type { QueryOf } from './operation'
import { underShownAccount } from './shown-account'
import type { AcceptedJob, ImportReport } from './types'

type ImportQuery = QueryOf<'POST', '/api/imports'>

/** What the user says of a file; `columns`: fields, and the headers of their columns. */
type Options = Pick<ImportQuery, 'format' | 'name' | 'charset'> & {
  columns?: Record<string, string>
}

type ImportDraft = {
  file: File
  options: Options
  onProgress: (share: number) => void
}

/** As many bytes of a file as the server looks at before an import. */
export const previewBytes = 64 * 1024

/** How the server would read a file; nothing is stored. */
export function importPreviewQuery(file: File, { format, charset, columns }: Options) {
  const query = { format, charset, columns: columns && notation(columns) }
  const which = `${file.name} ${file.size} ${file.lastModified}`
  return queryOptions({
    queryKey: ['import-preview', which, query],
    queryFn: ({ signal }) =>
      callWithFile('/api/imports/preview', { query, file: file.slice(0, previewBytes), signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
    // What is shown stays while the same file is read with another choice.
    placeholderData: (before, query) => (query?.queryKey[1] === which ? before : undefined),
  })
}

/** Also a file that is chosen another time is still the same, until its import is answered. */
export const importOnce = writingOnce(
  (draft: ImportDraft, key) => underShownAccount(true, () => importFile(draft, key)),
  ({ file, options }) => [file.name, file.size, file.lastModified, options],
)

/** Sends a file as it is; a large one is imported by a job. By XMLHttpRequest, because `fetch` tells nothing about the way up. */
function importFile(
  { file, options, onProgress }: ImportDraft,
  key: string,
): Promise<ImportReport | AcceptedJob> {
  const { columns, ...others } = options
  const query: ImportQuery = {
    ...others,
    columns: columns && notation(columns),
    fileName: file.name,
    timeZone: ownZone(),
  }
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', urlOf('/api/imports', { query }))
    request.setRequestHeader('Content-Type', contentTypeOf(file.name))
    request.setRequestHeader('Idempotency-Key', key)
    request.setRequestHeader('Accept', 'application/json')
    // Only a job imports the comments of a board.
    if (isBoard(file.name, options)) request.setRequestHeader('Prefer', 'respond-async')
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0)
    request.onerror = () => reject(new Unreachable())
    request.onload = () => {
      if (request.status === 201 || request.status === 202)
        resolve(JSON.parse(request.responseText) as ImportReport | AcceptedJob)
      else {
        const retryAfter = request.getResponseHeader('Retry-After')
        reject(problemOf(request.status, retryAfter, request.responseText))
      }
    }
    request.send(file)
  })
}

function isBoard(fileName: string, { format }: Options) {
  return format === 'trello' || (!format && /\.json$/i.test(fileName))
}

function notation(columns: Record<string, string>) {
  return Object.entries(columns)
    .map(([field, header]) => `${field}:${header}`)
    .join(',')
}

function contentTypeOf(fileName: string) {
  if (/\.json$/i.test(fileName)) return 'application/json'
  if (/\.csv$/i.test(fileName)) return 'text/csv'
  return 'application/octet-stream'
}

/** Dates in a file that name no time zone are those of the user who sends it. */
function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}
