import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { invalid, Refused } from '@/testing/fake-call'
import { addProject } from '@/testing/fake-projects'
import { addTask } from '@/testing/fake-tasks'
import { startApp, tarnWithAda } from '@/testing/start-app'

const cards = () => within(screen.getByRole('main')).queryAllByRole('listitem')

describe('the projects page', () => {
  it('invites to create or to import when there is nothing yet', async () => {
    const { tarn, ada } = tarnWithAda()
    const { user, url } = startApp(tarn, '/projects', ada)

    await user.click(await screen.findByRole('button', { name: 'Create a project' }))
    await user.type(await screen.findByLabelText('Name'), 'Winter')
    await user.click(screen.getByRole('button', { name: 'Create' }))

    expect(await screen.findByRole('heading', { name: 'Winter' })).toBeVisible()
    expect(url()).toMatch(/^\/projects\/[\w-]+$/)
    await waitFor(() => expect(document.title).toBe('Winter · Tarn'))
  })

  it('shows each project with what is open and done', async () => {
    const { tarn, ada } = tarnWithAda()
    const project = addProject(tarn, ada, 'Hut')
    addProject(tarn, ada, 'Nothing in it')
    const of = { projectId: project.id, createdBy: ada.id }
    addTask(tarn, { ...of, title: 'One' })
    addTask(tarn, { ...of, title: 'Two', status: 'done' })
    startApp(tarn, '/projects', ada)

    expect(await screen.findByText('1 open · 1 done')).toBeVisible()
    expect(screen.getByText('No tasks yet')).toBeVisible()
  })

  it('keeps what is read when the rest cannot be', async () => {
    const { tarn, ada } = tarnWithAda()
    for (let index = 1; index <= 51; index++) addProject(tarn, ada, `Hut ${index}`)
    tarn.refuseNext('GET', /projects$/, new Refused(503, 'unavailable', 'Away.'), /cursor/)
    const { user } = startApp(tarn, '/projects', ada)

    expect(await screen.findByRole('alert')).toHaveTextContent('does not answer')
    expect(cards()).toHaveLength(50)
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    await waitFor(() => expect(cards()).toHaveLength(51))
  })

  it('keeps search and archive in the URL', async () => {
    const { tarn, ada } = tarnWithAda()
    addProject(tarn, ada, 'Hut')
    addProject(tarn, ada, 'Garden').archived = true
    const { user, url } = startApp(tarn, '/projects', ada)
    await waitFor(() => expect(cards()).toHaveLength(1))

    await user.click(screen.getByRole('button', { name: 'Archived' }))
    await waitFor(() => expect(url()).toBe('/projects?archived=true'))
    await waitFor(() => expect(cards()[0]).toHaveTextContent('Garden'))

    await user.type(screen.getByLabelText('Search projects'), 'lake')
    await waitFor(() => expect(url()).toBe('/projects?archived=true&text=lake'))
    expect(await screen.findByText('No archived projects')).toBeVisible()
  })

  it('reads its view from the URL', async () => {
    const { tarn, ada } = tarnWithAda()
    addProject(tarn, ada, 'Hut')
    addProject(tarn, ada, 'Garden')
    startApp(tarn, '/projects?text=gard', ada)

    await waitFor(() => expect(cards()).toHaveLength(1))
    expect(cards()[0]).toHaveTextContent('Garden')
    expect(screen.getByLabelText('Search projects')).toHaveValue('gard')
  })

  it('reads on to the last page', async () => {
    const { tarn, ada } = tarnWithAda()
    for (let index = 0; index < 60; index++) addProject(tarn, ada, `Project ${index}`)
    startApp(tarn, '/projects', ada)

    await waitFor(() => expect(cards()).toHaveLength(60))
  })

  it('says what went wrong, and tries again', async () => {
    const { tarn, ada } = tarnWithAda()
    addProject(tarn, ada, 'Hut')
    const broken = () => new Refused(500, 'internal', 'Oops.')
    tarn.refuseNext('GET', /^\/api\/projects$/, broken())
    const { user } = startApp(tarn, '/projects', ada)

    expect(await screen.findByText(/Something went wrong on the server.*fake/)).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Try again' }))

    await waitFor(() => expect(cards()).toHaveLength(1))
  })
})

describe('the dialog for a new project', () => {
  it('opens by the key n, closes by Escape, and lives in the URL', async () => {
    const { tarn, ada } = tarnWithAda()
    const { user, url } = startApp(tarn, '/projects', ada)
    await screen.findByText('Start your first project')

    await user.keyboard('n')
    expect(await screen.findByRole('dialog', { name: 'New project' })).toBeVisible()
    expect(url()).toBe('/projects?new=true')

    await user.keyboard('{Escape}')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(url()).toBe('/projects')
  })

  it('asks for a name', async () => {
    const { tarn, ada } = tarnWithAda()
    const { user, sent } = startApp(tarn, '/projects?new=true', ada)

    await user.click(await screen.findByRole('button', { name: 'Create' }))

    expect(await screen.findByText('Give the project a name.')).toBeVisible()
    expect(sent('POST', /projects/)).toEqual([])
  })

  it('shows a refusal at its field and everything else above the form', async () => {
    const { tarn, ada } = tarnWithAda()
    tarn.refuseNext('POST', /projects/, invalid('/name', 'There is one of that name.'))
    tarn.refuseNext('POST', /projects/, invalid('/plan', 'Your plan is full.'))
    const { user } = startApp(tarn, '/projects?new=true', ada)

    await user.type(await screen.findByLabelText('Name'), 'Hut')
    await user.click(screen.getByRole('button', { name: 'Create' }))
    await waitFor(() =>
      expect(screen.getByLabelText('Name')).toHaveAccessibleDescription(
        'There is one of that name.',
      ),
    )

    await user.click(screen.getByRole('button', { name: 'Create' }))
    expect(await screen.findByRole('alert')).toHaveTextContent('Your plan is full.')
  })

  it('repeats a lost request under the same key', async () => {
    const { tarn, ada } = tarnWithAda()
    tarn.refuseNext('POST', /projects/, 'offline')
    const { user, sent } = startApp(tarn, '/projects?new=true', ada)

    await user.type(await screen.findByLabelText('Name'), 'Hut')
    await user.click(screen.getByRole('button', { name: 'Create' }))

    expect(await screen.findByRole('heading', { name: 'Hut' })).toBeVisible()
    const keys = sent('POST', /projects/).map(({ headers }) => headers['idempotency-key'])
    expect(keys).toHaveLength(2)
    expect(keys[0]).toBe(keys[1])
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/)
  })
})

describe('deleted projects', () => {
  it('are listed for their owner and restored', async () => {
    const { tarn, ada } = tarnWithAda()
    addProject(tarn, ada, 'Hut').deleted = true
    addProject(tarn, ada, 'Garden')
    const { user } = startApp(tarn, '/projects', ada)

    await user.click(await screen.findByRole('link', { name: 'Deleted' }))
    expect(await screen.findByRole('heading', { name: 'Deleted projects' })).toBeVisible()
    expect(await screen.findByText('Hut')).toBeVisible()
    expect(within(screen.getByRole('main')).queryByText('Garden')).toBeNull()
    await user.click(screen.getByRole('button', { name: /Restore/ }))

    expect(await screen.findByText('No deleted projects')).toBeVisible()
    expect(tarn.projects.some(({ deleted }) => deleted)).toBe(false)
  })
})
