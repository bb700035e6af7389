import { act, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { Refused } from '@/testing/fake-call'
import { addPost } from '@/testing/fake-posts'
import { addProject } from '@/testing/fake-projects'
import { addTask } from '@/testing/fake-tasks'
import { addUser } from '@/testing/fake-users'
import { heldBack, password, startApp, tarnWithAda, tarnWithProject } from '@/testing/start-app'

const box = () => screen.findByRole('combobox', { name: 'Search everything' })
/** The palette, opened by its key once the page is there. */
async function opened(user: ReturnType<typeof startApp>['user']) {
  await screen.findByRole('button', { name: 'Search' })
  await user.keyboard('{Control>}k{/Control}')
  return box()
}

const options = (group: string) =>
  within(screen.getByRole('group', { name: group })).getAllByRole('option')
const active = () =>
  document.getElementById(
    screen.getByRole('combobox').getAttribute('aria-activedescendant') ?? 'none',
  )

describe('the palette', () => {
  it('finds what has the words, marked, and leads there by keyboard alone', async () => {
    const { tarn, ada, project } = tarnWithProject()
    const task = addTask(tarn, {
      projectId: project.id,
      title: 'Fix <Button> roof',
      createdBy: ada.id,
    })
    addPost(tarn, { projectId: project.id, authorId: ada.id, title: 'Roofs', body: 'On the roof' })
    const { user, url } = startApp(tarn, '/projects', ada)
    await screen.findByRole('heading', { name: 'Projects', level: 1 })

    await user.keyboard('/')
    expect(await box()).toHaveFocus()
    await user.keyboard('button')

    const found = await screen.findByRole('option', { name: /Fix <Button> roof/ })
    expect(found).toHaveAttribute('aria-selected', 'true')
    expect(active()).toBe(found)
    expect(found.querySelector('mark')).toHaveTextContent('Button')
    await user.keyboard('{Enter}')
    await waitFor(() => expect(url()).toBe(`/projects/${project.id}?task=${task.id}`))
    expect(screen.queryByRole('combobox', { name: 'Search everything' })).toBeNull()
  })

  it('opens by Ctrl and K while one is typing, and groups what it finds', async () => {
    const { tarn, ada, project } = tarnWithProject()
    const one = { projectId: project.id, createdBy: ada.id }
    const task = addTask(tarn, { ...one, title: 'Mountain path' })
    addPost(tarn, { ...one, authorId: ada.id, taskId: task.id, body: 'The mountain calls' })
    addUser(tarn, { name: 'Mountain Mia', email: 'mia@example.org', password })
    const { user, url } = startApp(tarn, '/projects', ada)
    await user.click(await screen.findByLabelText('Search projects'))

    await user.type(await opened(user), 'mountain')

    await screen.findByRole('group', { name: 'Tasks' })
    for (const [group, name] of [
      ['Projects', 'Mountain hut'],
      ['Tasks', 'Mountain path'],
      ['Posts and comments', 'The mountain calls'],
      ['People', 'Mountain Mia'],
    ] as const)
      expect(options(group)[0]).toHaveTextContent(name)
    await user.keyboard('{ArrowDown}{ArrowDown}')
    expect(active()).toHaveTextContent('The mountain calls')
    await user.keyboard('{ArrowUp}{ArrowUp}{ArrowUp}')
    expect(active()).toHaveTextContent('Mountain Mia')
    await user.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}{Enter}')
    await waitFor(() => expect(url()).toBe(`/projects/${project.id}?task=${task.id}`))
  })

  it('offers projects and actions before anything is typed', async () => {
    const { tarn, ada } = tarnWithAda()
    const hut = addProject(tarn, ada, 'Hut')
    const { user, url } = startApp(tarn, `/projects/${hut.id}/settings`, ada)
    await user.click(await screen.findByRole('button', { name: 'Search' }))

    await box()
    await waitFor(() => expect(options('Projects')[0]).toHaveTextContent('Hut'))
    await user.keyboard('new pro')
    await waitFor(() => expect(options('Actions')[0]).toHaveTextContent('New project'))
    await waitFor(() => expect(screen.queryByText('Searching…')).toBeNull())
    await user.keyboard('{Enter}')

    await waitFor(() => expect(url()).toBe('/projects?new=true'))
  })

  it('shows what somebody has to do', async () => {
    const { tarn, ada, project } = tarnWithProject()
    addTask(tarn, {
      projectId: project.id,
      title: 'Carry water',
      createdBy: ada.id,
      assignees: [ada.id],
    })
    const { user } = startApp(tarn, '/projects', ada)
    await user.type(await opened(user), 'brandt')
    await screen.findByRole('group', { name: 'People' })

    await user.keyboard('{Enter}')

    await screen.findByRole('group', { name: 'Open tasks of Ada Brandt' })
    expect(active()).toHaveTextContent('Carry water')
    await user.keyboard('{Backspace}')
    await screen.findByRole('group', { name: 'Actions' })
  })

  it('searches in the project one is in, when asked to', async () => {
    const { tarn, ada, project } = tarnWithProject()
    const { user, sent } = startApp(tarn, `/projects/${project.id}/settings`, ada)
    await user.type(await opened(user), 'roof')
    await user.click(screen.getByRole('button', { name: 'This project' }))

    await waitFor(() => expect(sent('GET', /search.*in=/)).toHaveLength(1))
    expect(await screen.findByText(/Nothing has all these words/)).toBeVisible()
    expect(sent('GET', /search.*in=/)[0]?.url).toContain(`in=${project.id}`)
  })

  it('waits for the typing to pause, and drops what was asked before', async () => {
    const { tarn, ada, project } = tarnWithProject()
    addTask(tarn, { projectId: project.id, title: 'Roof', createdBy: ada.id })
    const { user, sent } = startApp(tarn, '/projects', ada)
    const release = heldBack(/text=ro(&|$| )/)
    await user.type(await opened(user), 'ro')
    await waitFor(() => expect(screen.getByText('Searching…')).toBeVisible())
    await user.type(await box(), 'of')

    await screen.findByRole('option', { name: /Roof/ })
    await act(async () => release())
    expect(screen.getByRole('option', { name: /Roof/ })).toBeVisible()
    expect(sent('GET', /search/).map(({ url }) => url)).not.toContain('/api/search?text=r')
  })

  it('says what could not be searched', async () => {
    const { tarn, ada, project } = tarnWithProject()
    addTask(tarn, { projectId: project.id, title: 'Roof', createdBy: ada.id })
    tarn.searchedWithout = ['posts']
    const { user } = startApp(tarn, '/projects', ada)
    await user.type(await opened(user), 'roof')

    expect(await screen.findByRole('option', { name: /Roof/ })).toBeVisible()
    expect(screen.getByText('Posts cannot be searched at the moment.')).toBeVisible()
  })

  it('says when it fails, and tries again', async () => {
    const { tarn, ada, project } = tarnWithProject()
    addTask(tarn, { projectId: project.id, title: 'Roof', createdBy: ada.id })
    const { user } = startApp(tarn, '/projects', ada)
    tarn.refuseNext('GET', /search/, new Refused(503, 'unavailable', 'Later.'))
    await user.type(await opened(user), 'roof')

    expect(await screen.findByRole('alert')).toHaveTextContent('A part of Tarn does not answer')
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByRole('option', { name: /Roof/ })).toBeVisible()
    await user.keyboard('{Escape}')
    await waitFor(() => expect(screen.queryByRole('combobox')).toBeNull())
  })
})
