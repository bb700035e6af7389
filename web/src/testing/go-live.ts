import { act } from '@testing-library/react'
import { type LiveEvent, liveEventOf } from '@/api/live-events'
import type { Tarn } from '@/app/create-tarn'
import { followLive } from '@/app/live'
import type { FakeRequest } from './fake-call'
import type { FakeEvent } from './fake-live'
import type { FakeUser } from './fake-store'
import type { FakeTarn } from './fake-tarn'
import { openSession } from './fake-users'

/** Lets the app hear what the server tells, without a browser's tabs and streams in between. */
export function goLive(app: Tarn, tarn: FakeTarn, user: FakeUser) {
  const headers = { cookie: `tarn_session=${openSession(tarn, user).id}` }
  let tell = (_: LiveEvent) => {}
  followLive(app, (onEvent) => {
    let end: (() => void) | null = null
    let lookingAt: string[] = []
    tell = (event) => act(() => onEvent(event))
    const onTold = ({ name, data }: FakeEvent) => {
      const event = liveEventOf(name, JSON.stringify(data))
      if (event) tell(event)
    }
    const listen = () => {
      end?.()
      const query = lookingAt.map((id) => `lookingAt=${id}`).join('&')
      const request = { method: 'GET', url: `/api/live?${query}`, headers, body: '' }
      const answer = tarn.listen(request, { onEvent: onTold, onEnd: () => undefined })
      end = typeof answer === 'function' ? answer : null
    }
    return {
      listen,
      look: (projects) => {
        lookingAt = projects
        if (end) listen()
      },
      stop: () => end?.(),
    }
  })
  return { tell: (event: LiveEvent) => tell(event) }
}

/** What another user does, from elsewhere. */
export function elsewhere(tarn: FakeTarn, user: FakeUser) {
  const cookie = `tarn_session=${openSession(tarn, user).id}`
  return async (method: string, url: string, json?: object) => {
    const request: FakeRequest = {
      method,
      url,
      headers: { cookie, 'content-type': 'application/json' },
      body: json ? JSON.stringify(json) : '',
    }
    const { status, body } = await tarn.handle(request)
    if (status >= 400) throw new Error(`${method} ${url}: ${status} ${body}`)
    return body ? JSON.parse(body) : null
  }
}
