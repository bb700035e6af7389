import { describe, expect, it, vi } from 'vitest'
import { ApiProblem, explain, Unreachable } from './api-problem'
import { call, problemOf, urlOf } from './client'

const answering = (status: number, body: string) =>
  vi.stubGlobal('fetch', async () => new Response(body, { status }))

describe('a call', () => {
  it('fills the path and leaves out what is not given', () => {
    expect(
      urlOf('/api/tasks/{id}', {
        path: { id: 'a/b' },
        query: { text: '', limit: 5, id: ['x', 'y'] },
      }),
    ).toBe('/api/tasks/a%2Fb?limit=5&id=x&id=y')
  })

  it('takes an answer that is not ours for no answer', async () => {
    answering(200, '<html>A proxy says hello</html>')

    await expect(call('GET', '/api/users/me')).rejects.toBeInstanceOf(Unreachable)
  })

  it('passes on that it was given up', async () => {
    const given = new AbortController()
    vi.stubGlobal('fetch', async () => {
      given.abort()
      throw new DOMException('Aborted', 'AbortError')
    })

    await expect(call('GET', '/api/users/me', { signal: given.signal })).rejects.toThrow('Aborted')
  })
})

describe('an error', () => {
  it('of a proxy keeps its status, and of a dead server is unreachable', () => {
    expect(problemOf(404, null, 'nope')).toMatchObject({ status: 404, code: 'http-404' })
    expect(problemOf(502, null, 'bad gateway')).toBeInstanceOf(Unreachable)
  })

  it('is explained in a sentence', () => {
    const problem = (status: number, code: string) =>
      new ApiProblem({ type: '', title: 'T', status, code, detail: 'Why.', traceId: 'abc' })
    expect(explain(problem(422, 'invalid'))).toBe('Why.')
    expect(explain(problem(403, 'forbidden'))).toMatch(/not allowed/)
    expect(explain(problem(500, 'internal'))).toMatch(/Trace abc/)
    expect(explain(problem(429, 'too-many-requests'))).toMatch(/in a moment/)
    expect(explain(new TypeError('x is undefined'))).not.toMatch(/undefined/)
  })
})
