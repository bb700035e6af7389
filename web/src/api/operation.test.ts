import { describe, expect, it } from 'vitest'
import { call } from './client'

/** None of these is made: that they do not compile is the test, and `tsc` fails where one does. */
const wrong = [
  // @ts-expect-error A path that is not there.
  () => call('GET', '/api/task/{id}', { path: { id: '1' } }),
  // @ts-expect-error A method that the path does not know.
  () => call('PUT', '/api/tasks/{id}', { path: { id: '1' } }),
  // @ts-expect-error A misspelt path parameter.
  () => call('GET', '/api/tasks/{id}', { path: { taskId: '1' } }),
  // @ts-expect-error No path parameter.
  () => call('GET', '/api/tasks/{id}'),
  // @ts-expect-error A misspelt query parameter.
  () => call('GET', '/api/tasks', { query: { projekt: '1' } }),
  // @ts-expect-error A query parameter of another type.
  () => call('GET', '/api/tasks', { query: { priority: 'highest' } }),
  // @ts-expect-error A query where none is known.
  () => call('GET', '/api/users/me', { query: { limit: 1 } }),
  // @ts-expect-error A misspelt body field.
  () => call('POST', '/api/tasks', { body: { projectId: '1', titel: 'Roof' }, key: '1' }),
  // @ts-expect-error A body that lacks a field.
  () => call('POST', '/api/tasks', { body: { projectId: '1' }, key: '1' }),
  // @ts-expect-error No key for what is written once.
  () => call('POST', '/api/tasks', { body: { projectId: '1', title: 'Roof' } }),
  // @ts-expect-error A key that the operation would ignore.
  () => call('PUT', '/api/tasks/{id}/completion', { path: { id: '1' }, key: '1' }),
  // @ts-expect-error A version that the operation would ignore.
  () => call('GET', '/api/tasks/{id}', { path: { id: '1' }, version: 1 }),
  // @ts-expect-error A misspelt field of the answer.
  async () => (await call('GET', '/api/tasks/{id}', { path: { id: '1' } })).titel,
  // @ts-expect-error A field of an answer that has none.
  async () => (await call('DELETE', '/api/tasks/{id}', { path: { id: '1' } })).title,
]

/** The same, as the contract has it. */
const right = [
  () => call('GET', '/api/users/me'),
  () => call('GET', '/api/tasks', { query: { project: '1', priority: 'high', cursor: null } }),
  () => call('POST', '/api/tasks', { body: { projectId: '1', title: 'Roof' }, key: '1' }),
  () => call('PATCH', '/api/tasks/{id}', { path: { id: '1' }, body: { title: 'A' }, version: 1 }),
  async () => (await call('GET', '/api/tasks/{id}', { path: { id: '1' } })).title,
]

describe('a call', () => {
  it('is checked against the contract when the app is compiled', () => {
    expect(wrong).toHaveLength(14)
    expect(right).toHaveLength(5)
  })
})
