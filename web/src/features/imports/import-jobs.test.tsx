import { screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { addImportJob } from '@/testing/fake-jobs'
import { startApp, tarnWithAda } from '@/testing/start-app'
import { paceOf, stepOf } from './job-words'

describe('an import that is a job', () => {
  it('leads from a large file to its progress, and ends in the report', async () => {
    const { tarn, ada } = tarnWithAda()
    tarn.importsAsJobs = true
    const { user, url } = startApp(tarn, '/import', ada)
    await user.upload(
      await screen.findByLabelText(/Drop a file here/),
      new File(['title\nRake\n'], 'house.csv'),
    )
    await user.click(screen.getByRole('button', { name: 'Import' }))

    expect(await screen.findByText('Reading the file…')).toBeVisible()
    const job = tarn.acceptedJobs[0]
    if (!job?.imported) throw new Error('No job')
    expect(url()).toBe(`/import/${job.id}`)
    Object.assign(job, { total: 60_000, done: 12_500 })
    expect(await screen.findByText('12,500 of 60,000 tasks')).toBeVisible()

    Object.assign(job, { state: 'done', done: 60_000, endedAt: new Date().toISOString() })
    job.lines = [
      { line: 3, path: null, severity: 'left-out', code: 'recurrence', detail: 'Repeats weekly' },
    ]
    Object.assign(job.imported, {
      project: { id: tarn.nextId(), name: 'House' },
      created: { sections: 2, tasks: 60_000, subtasks: 0, labels: 0 },
      leftOut: 1,
      lineCount: 1,
    })
    expect(await screen.findByText('“House” is here')).toBeVisible()
    expect(await screen.findByText('Repeats weekly')).toBeVisible()
    expect(screen.getByRole('link', { name: 'Download as CSV' })).toHaveAttribute(
      'href',
      `/api/jobs/${job.id}/report`,
    )
  })

  it('is found again from the import page, and can be cancelled', async () => {
    const { tarn, ada } = tarnWithAda()
    addImportJob(tarn, ada, { total: 100, done: 43 })
    const { user } = startApp(tarn, '/import', ada)

    await user.click(await screen.findByRole('link', { name: /house.csv 43 %/ }))
    await user.click(await screen.findByRole('button', { name: 'Cancel the import' }))

    expect(await screen.findByText(/was cancelled. Nothing of it was created/)).toBeVisible()
    await waitFor(() => expect(tarn.acceptedJobs[0]?.state).toBe('cancelled'))
  })

  it('says that comments are added once the tasks are read', () => {
    const { tarn, ada } = tarnWithAda()
    const job = addImportJob(tarn, ada, { total: 8, done: 8 })
    expect(stepOf(job)).toBe('8 of 8 tasks. Creating all of it…')
    if (job.imported) job.imported.format = 'trello'
    expect(stepOf(job)).toBe('8 of 8 tasks. Adding the comments and creating all of it…')
    expect(stepOf({ ...job, total: 1, done: 0 })).toBe('0 of 1 task')
  })

  it('says why it failed', async () => {
    const { tarn, ada } = tarnWithAda()
    const job = addImportJob(tarn, ada, {
      state: 'failed',
      endedAt: new Date().toISOString(),
    })
    if (job.imported)
      job.imported.problem = {
        type: '/docs/errors#import-invalid',
        title: 'Unprocessable',
        status: 422,
        code: 'import-invalid',
        detail: 'The file is empty.',
      }
    startApp(tarn, `/import/${job.id}`, ada)

    expect(await screen.findByRole('alert')).toHaveTextContent('The file is empty.')
  })

  it('tells how fast it is and how long it takes', () => {
    const first = { done: 1_000, at: 0 }
    expect(paceOf(60_000, first, first)).toBe('')
    expect(paceOf(60_000, first, { done: 3_000, at: 1_000 })).toBe('2,000 tasks/s, about 29 s left')
    expect(paceOf(60_000, first, { done: 60_000, at: 9_000 })).toBe('')
  })
})
