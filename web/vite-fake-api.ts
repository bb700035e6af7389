import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Connect, Plugin } from 'vite'
import type { FakeRequest } from './src/testing/fake-call.ts'
import { frameOf } from './src/testing/fake-live.ts'
import { seedDemo } from './src/testing/fake-seed.ts'
import { FakeTarn } from './src/testing/fake-tarn.ts'

/** The strictest policy the app is meant to live under; the preview serves it to prove so. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

/** Serves `/api` from memory, so that the app can be worked on without a server. */
export function fakeApi(): Plugin {
  const tarn = new FakeTarn({ delay: Number(process.env.FAKE_DELAY ?? 60) })
  if (process.env.FAKE_EMPTY !== '1') seedDemo(tarn)

  const answer: Connect.NextHandleFunction = (request, response, next) => {
    if (request.url === '/openapi.yaml')
      return response.end(readFileSync('../contracts/openapi/tarn.yaml'))
    if (!request.url?.startsWith('/api/')) return next()
    if (/^\/api\/live(\?|$)/.test(request.url)) return stream(tarn, request, response)
    serve(tarn, request, response).catch(next)
  }
  return {
    name: 'fake-api',
    configureServer: (server) => {
      server.middlewares.use(answer)
    },
    configurePreviewServer: (server) => {
      server.middlewares.use((_, response, next) => {
        response.setHeader('Content-Security-Policy', policy)
        next()
      })
      server.middlewares.use(answer)
    },
  }
}

async function serve(tarn: FakeTarn, request: IncomingMessage, response: ServerResponse) {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks).toString('utf8')
  const answer = await tarn.handle(asked(request, body))
  response.writeHead(answer.status, answer.headers)
  response.end(answer.body)
}

/** What others change, for as long as the browser listens. */
function stream(tarn: FakeTarn, request: IncomingMessage, response: ServerResponse) {
  const answer = tarn.listen(asked(request), {
    onEvent: (event) => response.write(frameOf(event)),
    onEnd: () => response.end(),
  })
  if (typeof answer !== 'function') {
    response.writeHead(answer.status, answer.headers)
    return response.end(answer.body)
  }
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
  const heartbeat = setInterval(() => response.write(': heartbeat\n\n'), 15_000)
  response.on('close', () => {
    clearInterval(heartbeat)
    answer()
  })
}

function asked(request: IncomingMessage, body = ''): FakeRequest {
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
  )
  return { method: request.method ?? 'GET', url: request.url ?? '/', headers, body }
}
