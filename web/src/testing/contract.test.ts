import { describe, expect, it } from 'vitest'
import { breaches, failOnBreaches, keepBreaches } from './contract'
import { type FakeAnswer, type FakeRequest, Refused } from './fake-call'
import { seedDemo } from './fake-seed'
import { FakeTarn } from './fake-tarn'
import { openSession } from './fake-users'

const task = '0193a000-0000-7000-8000-000000000001'
const json = { 'content-type': 'application/json' }
const asked = (method: string, url: string, more: Partial<FakeRequest> = {}): FakeRequest => ({
  method,
  url,
  headers: {},
  body: '',
  ...more,
})
const answered = (status: number, body: object | null = null): FakeAnswer => ({
  status,
  headers: { 'Content-Type': status < 400 ? 'application/json' : 'application/problem+json' },
  body: body ? JSON.stringify(body) : '',
})
const refused = (...[status, code]: [number, string]) =>
  answered(status, new Refused(status, code, 'Why.').problem)

describe('what breaks the contract', () => {
  it.each([
    ['a path', asked('GET', '/api/task'), /GET \/api\/task: no such operation/],
    ['a method', asked('PUT', '/api/tasks'), /no such operation/],
    ['a parameter', asked('GET', '/api/tasks?projekt=1'), /unknown query parameter projekt/],
    ['a value', asked('GET', '/api/tasks?archived=maybe'), /archived: .*boolean/],
    [
      'a key where none is kept',
      asked('PUT', `/api/tasks/${task}/completion`, { headers: { 'Idempotency-Key': '1' } }),
      /unknown header idempotency-key/,
    ],
    [
      'a field',
      asked('POST', '/api/sessions', {
        headers: json,
        body: '{"email":"a@example.org","password":"x","remember":true}',
      }),
      /body: .*"remember"/,
    ],
    [
      'a change that is no merge patch',
      asked('PATCH', `/api/tasks/${task}`, { headers: json, body: '{}' }),
      /a body of type application\/json/,
    ],
  ])('is found where a test sends %s that it does not know', (_, request, message) => {
    expect(breaches(request, null).join('\n')).toMatch(message)
  })

  it.each([
    ['status', answered(202), /status 202, of 200,400,401,429,503,default/],
    ['field', answered(200, { user: null, since: 1 }), /answer 200: .*"since"/],
    ['answer without a field', answered(200, {}), /required property 'user'/],
    ['code', refused(409, 'conflict'), /unknown code conflict/],
    ['status of a code', refused(409, 'invalid'), /invalid comes with 400,422/],
  ])('is found where the fake server answers a %s that it does not know', (_, answer, message) => {
    expect(breaches(asked('GET', '/api/sessions/current'), answer).join('\n')).toMatch(message)
  })

  it('fails the test in which it happened', () => {
    keepBreaches(asked('GET', '/api/task'), null)

    expect(failOnBreaches).toThrow('Against the contract:\nGET /api/task: no such operation')
    expect(failOnBreaches).not.toThrow()
  })

  it('is nothing in what the demo shows', async () => {
    const tarn = new FakeTarn()
    seedDemo(tarn)
    const [ada] = tarn.users
    if (!ada) throw new Error('The demo has nobody.')
    const headers = { cookie: `tarn_session=${openSession(tarn, ada).id}` }
    const project = tarn.projects[0]?.id
    const paths = [
      ...['/api/users/me', '/api/users', '/api/sessions', '/api/tokens', '/api/projects'],
      ...['sections', 'labels', 'members'].map((part) => `/api/projects/${project}/${part}`),
      ...['tasks', 'items', 'posts'].map((all) => `/api/${all}?project=${project}`),
    ]

    for (const path of paths) {
      const request = asked('GET', path, { headers })
      const answer = await tarn.handle(request)
      expect(answer.status, path).toBe(200)
      expect(breaches(request, answer)).toEqual([])
    }
  })
})
