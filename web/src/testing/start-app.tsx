import { createMemoryHistory } from '@tanstack/react-router'
import { render, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { vi } from 'vitest'
import { App } from '@/app/app'
import { createTarn } from '@/app/create-tarn'
import { keepBreaches } from './contract'
import type { FakeRequest } from './fake-call'
import { addProject, addSection } from './fake-projects'
import type { FakeUser } from './fake-store'
import { FakeTarn } from './fake-tarn'
import { addUser, openSession } from './fake-users'
import { fakeXhr } from './fake-xhr'
import { LocalChannel } from './local-channel'

export const password = 'a long enough password'

/** A server with one user on it. */
export function tarnWithAda() {
  const tarn = new FakeTarn()
  const ada = addUser(tarn, { name: 'Ada Brandt', email: 'ada@example.org', password })
  return { tarn, ada }
}

/** The same with a project, and its sections by name. */
export function tarnWithProject(sections = ['To do', 'Doing', 'Done']) {
  const { tarn, ada } = tarnWithAda()
  const project = addProject(tarn, ada, 'Mountain hut', { sections: [] })
  const byName = Object.fromEntries(
    sections.map((name) => [name, addSection(tarn, project.id, name)] as const),
  )
  const section = (name: string) => {
    const found = byName[name]
    if (!found) throw new Error(`No section ${name}`)
    return found
  }
  return { tarn, ada, project, section }
}

/** Draws the whole app at a path, talking to the given server as the given user. */
export function startApp(tarn: FakeTarn, path: string, as?: FakeUser) {
  let cookie = as ? `tarn_session=${openSession(tarn, as).id}` : ''
  const send = async (
    request: Omit<FakeRequest, 'headers'> & { headers: Record<string, string> },
  ) => {
    const whole = { ...request, headers: { ...request.headers, cookie } }
    const answer = await tarn.handle(whole)
    keepBreaches(whole, answer)
    cookie = answer.headers['Set-Cookie']?.split(';')[0] ?? cookie
    return answer
  }
  vi.stubGlobal('fetch', async (url: string, init: RequestInit = {}) => {
    const headers = Object.fromEntries(
      Object.entries((init.headers ?? {}) as Record<string, string>).map(([name, value]) => [
        name.toLowerCase(),
        value,
      ]),
    )
    const body = init.body instanceof Blob ? await init.body.text() : String(init.body ?? '')
    const answer = await send({ method: init.method ?? 'GET', url, headers, body })
    init.signal?.throwIfAborted()
    return new Response(answer.body || null, { status: answer.status, headers: answer.headers })
  })
  vi.stubGlobal('XMLHttpRequest', fakeXhr(send))

  const app = createTarn({ history: createMemoryHistory({ initialEntries: [path] }), retries: 0 })
  render(<App tarn={app} />)
  return {
    app,
    user: userEvent.setup({ delay: null }),
    url: () => app.router.state.location.href,
    /** The cookie is of all tabs; `isTold`: whether this one hears what another has done. */
    inAnotherTab: (next: FakeUser | null, isTold = true) => {
      cookie = next ? `tarn_session=${openSession(tarn, next).id}` : ''
      const channel = new LocalChannel('tarn-account-1')
      if (isTold) channel.postMessage('changed')
      channel.close()
    },
    sent: (method: string, path: RegExp) =>
      tarn.requests
        .filter((request) => request.method === method && path.test(request.url))
        .map(({ url, headers, body }) => ({ url, headers, json: body ? JSON.parse(body) : null })),
  }
}

/** Requests whose address or body match wait from now on, until what this answers is called. */
export function heldBack(wanted: RegExp) {
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  const plain = fetch
  vi.stubGlobal('fetch', async (url: string, init: RequestInit = {}) => {
    if (wanted.test(`${url} ${init.body}`)) await held
    return plain(url, init)
  })
  return release
}

export async function findNotice(text: RegExp) {
  const notices = screen.getByRole('region', { name: 'Notices' })
  await waitFor(() => {
    if (!text.test(notices.textContent ?? ''))
      throw new Error(`The notices say: ${notices.textContent}`)
  })
  return notices
}
