import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { Refused } from '@/testing/fake-call'
import { addItem } from '@/testing/fake-items'
import { addPost } from '@/testing/fake-posts'
import { addTask } from '@/testing/fake-tasks'
import { addUser } from '@/testing/fake-users'
import { findNotice, password, startApp, tarnWithProject } from '@/testing/start-app'

const deletedAt = '2026-01-01T00:00:00Z'

function hut() {
  const all = tarnWithProject()
  const { tarn, ada, project } = all
  const of = { projectId: project.id, createdBy: ada.id, deletedAt }
  return {
    ...all,
    path: `/projects/${project.id}/trash`,
    task: (title: string, more = {}) => addTask(tarn, { ...of, title, ...more }),
    item: (name: string) => addItem(tarn, { ...of, name }),
    post: (body: string, more = {}) =>
      addPost(tarn, { projectId: project.id, authorId: ada.id, body, deletedAt, ...more }),
  }
}

const headings = () =>
  within(screen.getByRole('main'))
    .getAllByRole('heading', { level: 2 })
    .map((one) => one.textContent)

describe('the trash', () => {
  it('shows what was deleted and gives it back', async () => {
    const { tarn, ada, task, path } = hut()
    const rope = task('Rope')
    task('Knot', { parentId: rope.id })
    const { user } = startApp(tarn, path, ada)
    await screen.findByText('Rope')
    expect(screen.queryByText('Knot')).toBeNull()

    await user.click(screen.getByRole('button', { name: 'Restore Rope' }))

    await findNotice(/“Rope” is back/)
    expect(rope.deletedAt).toBeNull()
    expect(await screen.findByText('The trash is empty')).toBeVisible()
  })

  it('holds items, posts and drafts, too', async () => {
    const { tarn, ada, task, item, post, path } = hut()
    task('Rope')
    const slate = item('Slate')
    const roof = post('It leaks.', { title: 'The roof' })
    const draft = post('Not yet\n\nor never', { state: 'draft' })
    const { user } = startApp(tarn, path, ada)

    await user.click(await screen.findByRole('button', { name: 'Restore Slate' }))
    await findNotice(/“Slate” is back/)
    expect(headings()).toEqual(['Tasks', 'Posts', 'Drafts'])
    await user.click(screen.getByRole('button', { name: 'Restore The roof' }))
    await user.click(screen.getByRole('button', { name: 'Restore Not yet' }))

    await waitFor(() => expect(headings()).toEqual(['Tasks']))
    expect([slate, roof, draft].map((one) => one.deletedAt)).toEqual([null, null, null])
  })

  it('leads the keyboard on to the next, and from the last to the one before', async () => {
    const { tarn, ada, item, path } = hut()
    for (const name of ['Slate', 'Rope', 'Larch']) item(name)
    const { user } = startApp(tarn, path, ada)
    const [first, second, third] = await screen.findAllByRole('button', { name: /^Restore/ })

    second?.focus()
    await user.keyboard('{Enter}')
    await waitFor(() => expect(second).not.toBeInTheDocument())
    await waitFor(() => expect(third).toHaveFocus())
    await user.keyboard('{Enter}')
    await waitFor(() => expect(third).not.toBeInTheDocument())
    await waitFor(() => expect(first).toHaveFocus())
  })

  it('is shown to viewers, who restore nothing', async () => {
    const { tarn, ada, project, task, item, path } = hut()
    const mei = addUser(tarn, { name: 'Mei', email: 'mei@example.org', password })
    project.members.push({ userId: mei.id, role: 'viewer', addedAt: ada.createdAt })
    task('Rope')
    item('Slate')
    startApp(tarn, path, mei)

    expect(await screen.findByText('Rope')).toBeVisible()
    expect(await screen.findByText('Slate')).toBeVisible()
    expect(screen.queryByRole('button', { name: /Restore/ })).toBeNull()
  })

  it('says what cannot be shown, and shows the rest', async () => {
    const { tarn, ada, task, post, path } = hut()
    task('Rope')
    post('It leaks.')
    const away = new Refused(503, 'unavailable', 'Posts do not answer.')
    tarn.refuseNext('GET', /posts$/, away, /published/)
    const { user } = startApp(tarn, path, ada)

    expect(await screen.findByText('Rope')).toBeVisible()
    expect(await screen.findByRole('alert')).toHaveTextContent('does not answer')
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByText('It leaks.')).toBeVisible()
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it('goes on after a page', async () => {
    const { tarn, ada, item, path } = hut()
    for (let index = 1; index <= 101; index++) item(`Slate ${index}`)
    startApp(tarn, path, ada)

    expect(await screen.findByText('Slate 101')).toBeVisible()
  })
})
