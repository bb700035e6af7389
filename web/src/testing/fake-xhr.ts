import type { FakeAnswer } from './fake-call.ts'

type Send = (request: {
  method: string
  url: string
  headers: Record<string, string>
  body: string
}) => Promise<FakeAnswer>

/** As much of an XMLHttpRequest as an upload uses. */
export function fakeXhr(send: Send) {
  return class {
    upload: { onprogress?: (event: { loaded: number; total: number }) => void } = {}
    onload?: () => void
    onerror?: () => void
    status = 0
    responseText = ''
    private method = ''
    private url = ''
    private headers: Record<string, string> = {}
    private answered: Record<string, string> = {}

    open(method: string, url: string) {
      this.method = method
      this.url = url
    }

    setRequestHeader(name: string, value: string) {
      this.headers[name.toLowerCase()] = value
    }

    getResponseHeader(name: string) {
      return this.answered[name] ?? null
    }

    async send(file: File) {
      const body = await file.text()
      this.upload.onprogress?.({ loaded: file.size, total: file.size })
      try {
        const { method, url, headers } = this
        const answer = await send({ method, url, headers, body })
        this.status = answer.status
        this.responseText = answer.body
        this.answered = answer.headers
        this.onload?.()
      } catch {
        this.onerror?.()
      }
    }
  }
}
