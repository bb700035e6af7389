import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { addItem } from '@/testing/fake-items'
import { addProject } from '@/testing/fake-projects'
import { addTask } from '@/testing/fake-tasks'
import { addUser } from '@/testing/fake-users'
import { LocalChannel } from '@/testing/local-channel'
import { password, startApp, tarnWithProject } from '@/testing/start-app'

/** Ada has a page of the project open; Noor is a member, too, and uses the same browser. */
function shared(page: (taskId: string) => string) {
  const all = tarnWithProject()
  const { tarn, ada, project } = all
  const noor = addUser(tarn, { name: 'Noor Haddad', email: 'noor@example.org', password })
  project.members.push({ userId: noor.id, role: 'editor', addedAt: ada.createdAt })
  const task = addTask(tarn, { projectId: project.id, createdBy: ada.id, title: 'Mend the roof' })
  addProject(tarn, ada, 'Secret plans')
  return { ...all, noor, task, ...startApp(tarn, `/projects/${project.id}${page(task.id)}`, ada) }
}

const signInPage = () => screen.findByRole('heading', { name: 'Sign in to Tarn' })

describe('a tab beside another', () => {
  it('goes to sign-in as soon as the other one signs out, and on when it signs in again', async () => {
    const { ada, noor, url, project, user, inAnotherTab } = shared((id) => `?task=${id}`)
    await user.type(await screen.findByLabelText('Title'), ' soon')
    await screen.findByRole('link', { name: /Secret plans/ })

    inAnotherTab(null)
    await signInPage()
    expect(screen.queryByText('Secret plans')).toBeNull()
    inAnotherTab(noor)

    expect(await screen.findByLabelText('Title')).toHaveValue('Mend the roof')
    expect(url()).toContain(project.id)
    inAnotherTab(ada)
    await waitFor(() => expect(screen.getByLabelText('Title')).toHaveValue('Mend the roof soon'))
  })

  it('reads anew as another user, and keeps what was typed for the one who typed it', async () => {
    const { ada, noor, user, inAnotherTab } = shared((id) => `?task=${id}`)
    await user.type(await screen.findByLabelText('Title'), ' soon')
    await user.type(await screen.findByRole('textbox', { name: 'Write a comment' }), 'Slate')
    await screen.findByRole('link', { name: /Secret plans/ })

    inAnotherTab(noor)

    expect((await screen.findAllByText('noor@example.org'))[0]).toBeVisible()
    expect(await screen.findByLabelText('Title')).toHaveValue('Mend the roof')
    expect(await screen.findByRole('textbox', { name: 'Write a comment' })).toHaveValue('')
    expect(screen.queryByText('Secret plans')).toBeNull()

    inAnotherTab(ada)
    await waitFor(() => expect(screen.getByLabelText('Title')).toHaveValue('Mend the roof soon'))
    expect(await screen.findByRole('textbox', { name: 'Write a comment' })).toHaveValue('Slate')
  })

  it('sends nothing under the other account that was typed under the first', async () => {
    const all = shared(() => '/items')
    const { tarn, ada, noor, project, user, sent, inAnotherTab } = all
    addItem(tarn, { projectId: project.id, createdBy: ada.id, name: 'Slate' })
    const name = await screen.findByDisplayValue('Slate')
    const add = screen.getByLabelText('Add an item')
    await user.type(add, 'Nails')
    await user.type(name, ' roof')

    inAnotherTab(noor)
    fireEvent.submit(add.closest('form') as HTMLFormElement)

    expect((await screen.findAllByText('noor@example.org'))[0]).toBeVisible()
    expect(await screen.findByDisplayValue('Slate')).toBeVisible()
    expect(sent('PATCH', /items/)).toEqual([])
    expect(sent('POST', /items/)).toEqual([])
    expect(screen.getByRole('region', { name: 'Notices' })).toBeEmptyDOMElement()
  })

  it('that has heard nothing asks when it is seen again, before anything is sent', async () => {
    const { tarn, ada, noor, project, user, sent, inAnotherTab } = shared(() => '/items')
    addItem(tarn, { projectId: project.id, createdBy: ada.id, name: 'Slate' })
    const add = await screen.findByLabelText('Add an item')
    await user.type(add, 'Nails')

    inAnotherTab(noor, false)
    act(() => void document.dispatchEvent(new Event('visibilitychange', { bubbles: true })))
    await user.keyboard('{Enter}')

    expect((await screen.findAllByText('noor@example.org'))[0]).toBeVisible()
    expect(sent('POST', /items/)).toEqual([])
  })

  it('changes nothing while it cannot ask who is signed in', async () => {
    const { tarn, ada, noor, project, user, sent, inAnotherTab } = shared(() => '/items')
    addItem(tarn, { projectId: project.id, createdBy: ada.id, name: 'Slate' })
    const name = await screen.findByDisplayValue('Slate')
    tarn.refuseNext('GET', /sessions\/current/, 'offline')
    inAnotherTab(noor)
    await waitFor(() => expect(sent('GET', /sessions\/current/)).toHaveLength(2))

    await user.type(name, ' roof')
    await user.tab()

    expect((await screen.findAllByText('noor@example.org'))[0]).toBeVisible()
    expect(sent('PATCH', /items/)).toEqual([])
  })

  it('stays as it is when the same user signs in again', async () => {
    const { ada, user, sent, inAnotherTab } = shared((id) => `?task=${id}`)
    const title = await screen.findByLabelText('Title')
    await user.type(title, ' soon')

    inAnotherTab(ada)
    await waitFor(() => expect(sent('GET', /sessions\/current/)).toHaveLength(2))
    await user.click(screen.getByRole('button', { name: 'Save' }))

    await waitFor(() => expect(sent('PATCH', /tasks/)).toHaveLength(1))
    expect(title).toBeInTheDocument()
  })

  it('is told when this one signs out', async () => {
    const { user } = shared(() => '')
    const told = vi.fn()
    const other = new LocalChannel('tarn-account-1')
    other.addEventListener('message', told)

    await user.click(await screen.findByRole('button', { name: 'Sign out' }))

    await signInPage()
    expect(told).toHaveBeenCalledOnce()
    expect(screen.queryByText(/You were signed out/)).toBeNull()
    other.close()
  })
})
