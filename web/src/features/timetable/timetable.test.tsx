import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { Refused } from '@/testing/fake-call'
import { addJob } from '@/testing/fake-timetable'
import { addUser } from '@/testing/fake-users'
import { findNotice, password, startApp, tarnWithAda } from '@/testing/start-app'
import { countsOf, nextRunOf, scheduleOf, tookOf } from './run-words'

describe('the timetable', () => {
  it('says what each job did and how long it took', async () => {
    const { tarn, ada } = tarnWithAda()
    addJob(tarn, 'remove-expired', { counts: { sessions: 3, refreshTokens: 12, invitations: 0 } })
    startApp(tarn, '/timetable', ada)

    const job = await screen.findByRole('region', { name: 'Remove expired' })
    expect(job).toHaveTextContent('Runs every 10 minutes')
    expect(job).toHaveTextContent('Succeeded')
    expect(job).toHaveTextContent('took 3.2 s')
    expect(job).toHaveTextContent('3 sessions, 12 refresh tokens')
  })

  it('says which workers live, and when there is none', async () => {
    const { tarn, ada } = tarnWithAda()
    const { app } = startApp(tarn, '/timetable', ada)
    expect(await screen.findByText(/no job runs/)).toBeVisible()

    tarn.workers.push({
      time: '2026-11-29T10:00:00Z',
      host: 'tarn-1',
      version: '0.1.0',
      runningJobs: ['empty-trash'],
    })
    await app.queryClient.invalidateQueries()
    expect(await screen.findByText(/tarn-1, version 0.1.0, runs Empty trash/)).toBeVisible()
  })

  it('says what went wrong', async () => {
    const { tarn, ada } = tarnWithAda()
    addJob(tarn, 'empty-trash', { outcome: 'failed', error: 'The service tasks answered 503.' })
    startApp(tarn, '/timetable', ada)

    const job = await screen.findByRole('region', { name: 'Empty trash' })
    expect(job).toHaveTextContent('Failed')
    expect(job).toHaveTextContent('The service tasks answered 503.')
  })

  it('pauses and resumes a job', async () => {
    const { tarn, ada } = tarnWithAda()
    const job = addJob(tarn, 'empty-trash')
    const { user } = startApp(tarn, '/timetable', ada)

    await user.click(await screen.findByRole('button', { name: 'Pause Empty trash' }))
    expect(await screen.findByText(/^Paused/)).toBeVisible()
    expect(job.pausedAt).not.toBeNull()

    await user.click(screen.getByRole('button', { name: 'Resume Empty trash' }))
    await waitFor(() => expect(job.pausedAt).toBeNull())
  })

  it('runs a job now and lists the runs before it', async () => {
    const { tarn, ada } = tarnWithAda()
    addJob(tarn, 'empty-trash', { counts: { tasks: 2 } })
    const { user } = startApp(tarn, '/timetable', ada)

    await user.click(await screen.findByRole('button', { name: 'Run Empty trash now' }))
    expect(await screen.findByText(/requested by an administrator/)).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Earlier runs of Empty trash' }))

    const runs = await screen.findByRole('list', { name: 'Runs of Empty trash' })
    await waitFor(() => expect(within(runs).getAllByRole('listitem')).toHaveLength(1))
    expect(runs).toHaveTextContent('2 tasks')
  })

  it('says that a job is running already', async () => {
    const { tarn, ada } = tarnWithAda()
    addJob(tarn, 'empty-trash')
    tarn.refuseNext('POST', /runs/, new Refused(409, 'already-running', 'The job is running.'))
    const { user } = startApp(tarn, '/timetable', ada)

    await user.click(await screen.findByRole('button', { name: 'Run Empty trash now' }))

    await findNotice(/The job is running/)
  })

  it('is for administrators alone', async () => {
    const { tarn } = tarnWithAda()
    const noor = addUser(tarn, { name: 'Noor', email: 'noor@example.org', password })
    const { sent } = startApp(tarn, '/timetable', noor)

    expect(await screen.findByText('For administrators')).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull()
    expect(sent('GET', /timetable/)).toEqual([])
    expect(screen.queryByRole('link', { name: 'Timetable' })).toBeNull()
  })
})

describe('words for runs', () => {
  it.each([
    ['PT1M', 'every minute'],
    ['PT10M', 'every 10 minutes'],
    ['PT1H', 'every hour'],
    ['PT2H', 'every 2 hours'],
  ])('%s is %s', (every, words) => {
    expect(scheduleOf({ every, dailyAt: null })).toBe(words)
  })

  it('says when the next run is', () => {
    const now = new Date('2026-11-29T10:00:00Z')
    expect(nextRunOf('2026-11-29T10:08:00Z', now)).toBe('next in 8 minutes')
    expect(nextRunOf('2026-11-29T09:59:00Z', now)).toBe('next within a minute')
  })

  it('leaves out what was not there', () => {
    expect(countsOf({ counts: { sessions: 0, idempotencyKeys: 7 } })).toBe('7 idempotency keys')
  })

  it('say one of a kind', () => {
    const counts = { tables: 1, refreshTokens: 1, knownAddresses: 1, sessions: 1_200 }
    expect(countsOf({ counts })).toBe('1 table, 1 refresh token, 1 known address, 1,200 sessions')
  })

  it('says long runs in minutes', () => {
    const startedAt = '2026-11-29T10:00:00Z'
    expect(tookOf({ startedAt, endedAt: '2026-11-29T10:02:05Z' })).toBe('2 min 5 s')
    expect(tookOf({ startedAt, endedAt: '2026-11-29T10:00:00.420Z' })).toBe('420 ms')
  })
})
