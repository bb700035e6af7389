import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { Refused } from '@/testing/fake-call'
import { addPost } from '@/testing/fake-posts'
import { addTask } from '@/testing/fake-tasks'
import { addUser } from '@/testing/fake-users'
import { findNotice, password, startApp, tarnWithProject } from '@/testing/start-app'

function hut() {
  const all = tarnWithProject()
  const { tarn, ada, project } = all
  const noor = addUser(tarn, { name: 'Noor Haddad', email: 'noor@example.org', password })
  project.members.push({ userId: noor.id, role: 'editor', addedAt: ada.createdAt })
  const list = `/projects/${project.id}/posts`
  const post = (body: string, more: Partial<Parameters<typeof addPost>[1]> = {}) =>
    addPost(tarn, { projectId: project.id, authorId: ada.id, body, ...more })
  return { ...all, noor, list, post, pathOf: ({ id }: { id: string }) => `${list}/${id}` }
}

describe('a single post', () => {
  it('has an address, at the time of the post, which leads back to the list', async () => {
    const { tarn, ada, list, post, pathOf } = hut()
    const one = post('It leaks.', { title: 'The roof' })
    post('It smokes.')
    const { user, url } = startApp(tarn, list, ada)
    const article = within((await screen.findAllByRole('article'))[1] as HTMLElement)

    await user.click(article.getByRole('link', { name: 'just now' }))

    expect(await screen.findByRole('link', { name: 'All posts' })).toBeVisible()
    expect(url()).toBe(pathOf(one))
    expect(await screen.findByText('It leaks.')).toBeVisible()
    expect(screen.queryByText('It smokes.')).toBeNull()
    expect(document.title).toBe('The roof · Mountain hut · Tarn')
    await user.click(screen.getByRole('link', { name: 'All posts' }))
    expect(await screen.findByText('It smokes.')).toBeVisible()
    expect(url()).toBe(list)
  })

  it('has a link that can be copied', async () => {
    const { tarn, noor, list, post, pathOf } = hut()
    const one = post('It leaks.')
    const { user } = startApp(tarn, list, noor)

    await user.click(await screen.findByRole('button', { name: 'More about this post' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Copy link' }))

    await findNotice(/The link is copied/)
    expect(await navigator.clipboard.readText()).toBe(`${location.origin}${pathOf(one)}`)
  })

  it('says when the browser does not let its link be copied', async () => {
    const { tarn, noor, list, post } = hut()
    post('It leaks.')
    const { user } = startApp(tarn, list, noor)
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new DOMException('Not allowed'))

    await user.click(await screen.findByRole('button', { name: 'More about this post' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Copy link' }))

    await findNotice(/does not let the link be copied/)
  })

  it('shows its replies, and takes more', async () => {
    const { tarn, ada, noor, post, pathOf } = hut()
    const one = post('Slate?')
    post('Yes.', { parentId: one.id, authorId: noor.id })
    const { user } = startApp(tarn, pathOf(one), ada)

    const replies = within(await screen.findByRole('region', { name: 'Replies' }))
    expect(await replies.findByText('Yes.')).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Reply' }))
    await user.type(
      screen.getByRole('textbox', { name: 'Write a reply' }),
      'Good.{Control>}{Enter}{/Control}',
    )

    expect(await replies.findByText('Good.')).toBeVisible()
    expect(await screen.findByRole('button', { name: '2 replies' })).toBeVisible()
  })

  it('shows other words at once', async () => {
    const { tarn, ada, post, pathOf } = hut()
    const one = post('Slate')
    const { user } = startApp(tarn, pathOf(one), ada)

    await user.click(await screen.findByRole('button', { name: 'More about this post' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Edit' }))
    await user.type(screen.getByRole('textbox', { name: 'Edit' }), ' or larch')
    await user.click(screen.getByRole('button', { name: 'Save' }))

    expect(await screen.findByText('Slate or larch')).toBeVisible()
  })

  it('that was deleted elsewhere keeps what was typed, and offers a way back', async () => {
    const { tarn, ada, post, pathOf } = hut()
    const one = post('Slate')
    const { user } = startApp(tarn, pathOf(one), ada)
    await user.click(await screen.findByRole('button', { name: 'More about this post' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Edit' }))
    await user.type(screen.getByRole('textbox', { name: 'Edit' }), ' or larch')
    Object.assign(one, { deletedAt: '2026-01-01T00:00:00Z', version: 2 })

    await user.click(screen.getByRole('button', { name: 'Save' }))
    expect(await screen.findByText(/^This post is in the trash/)).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Restore' }))
    await waitFor(() => expect(screen.queryByText(/^This post is in the trash/)).toBeNull())
    expect(screen.getByRole('textbox', { name: 'Edit' })).toHaveValue('Slate or larch')
    await user.click(screen.getByRole('button', { name: 'Save' }))

    await waitFor(() => expect(one.body).toBe('Slate or larch'))
    expect(one.deletedAt).toBeNull()
  })

  it('that is deleted says so, and is back when that is undone', async () => {
    const { tarn, ada, project, post, pathOf } = hut()
    const one = post('Slate')
    const { user } = startApp(tarn, pathOf(one), ada)

    await user.click(await screen.findByRole('button', { name: 'More about this post' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Delete' }))

    expect(await screen.findByText('This post is deleted')).toBeVisible()
    expect(screen.getByRole('link', { name: 'Open the trash' })).toHaveAttribute(
      'href',
      `/projects/${project.id}/trash`,
    )
    await waitFor(() => expect(screen.getByRole('link', { name: 'All posts' })).toHaveFocus())
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    expect(await screen.findByText('Slate')).toBeVisible()
  })

  it('without replies asks for none', async () => {
    const { tarn, ada, post, pathOf } = hut()
    const one = post('Slate?')
    const { user, sent } = startApp(tarn, pathOf(one), ada)

    expect(await screen.findByText('Slate?')).toBeVisible()
    expect(screen.queryByRole('region', { name: 'Replies' })).toBeNull()
    expect(sent('GET', /parent=/)).toEqual([])

    await user.click(screen.getByRole('button', { name: 'Reply' }))
    await user.type(
      screen.getByRole('textbox', { name: 'Write a reply' }),
      'Yes.{Control>}{Enter}{/Control}',
    )
    const replies = within(await screen.findByRole('region', { name: 'Replies' }))
    expect(await replies.findByText('Yes.')).toBeVisible()
  })

  it.each([
    ['post', {}],
    ['comment', { taskId: '0193a000-0000-7000-8000-000000000abc' }],
  ])('that was deleted elsewhere is restored at its address: a %s', async (kind, more) => {
    const { tarn, ada, post, pathOf } = hut()
    const one = post('Slate', { deletedAt: '2026-01-01T00:00:00Z', ...more })
    const { user } = startApp(tarn, pathOf(one), ada)

    expect(await screen.findByText(`This ${kind} is deleted`)).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Restore' }))

    expect(await screen.findByText('Slate')).toBeVisible()
    expect(one.deletedAt).toBeNull()
  })

  it('that replies to another is in no trash that could be opened', async () => {
    const { tarn, ada, post, pathOf } = hut()
    const one = post('Slate?')
    const reply = post('Yes.', { parentId: one.id })
    const { user } = startApp(tarn, pathOf(reply), ada)

    await user.click(await screen.findByRole('button', { name: 'More about this reply' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Delete' }))

    expect(await screen.findByText('This reply is deleted')).toBeVisible()
    expect(screen.queryByRole('link', { name: 'Open the trash' })).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    expect(await screen.findByText('Yes.')).toBeVisible()
  })

  it('keeps the keyboard at its menu while it is edited', async () => {
    const { tarn, ada, post, pathOf } = hut()
    const { user } = startApp(tarn, pathOf(post('Slate')), ada)
    const menu = await screen.findByRole('button', { name: 'More about this post' })
    await user.click(menu)
    await user.click(await screen.findByRole('menuitem', { name: 'Edit' }))
    await waitFor(() => expect(screen.getByRole('textbox', { name: 'Edit' })).toHaveFocus())

    await user.click(menu)
    await user.click(await screen.findByRole('menuitem', { name: 'Copy link' }))

    await waitFor(() => expect(menu).toHaveFocus())
  })

  it('that belongs to another says to which', async () => {
    const { tarn, ada, project, post, pathOf } = hut()
    const task = addTask(tarn, { projectId: project.id, createdBy: ada.id, title: 'Roof' })
    const comment = post('Slate?', { taskId: task.id })
    const reply = post('Yes.', { taskId: task.id, parentId: comment.id })
    const { user, url } = startApp(tarn, pathOf(reply), ada)

    expect(await screen.findByRole('article', { name: 'Reply by Ada Brandt' })).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Reply' })).toBeNull()
    await user.click(screen.getByRole('link', { name: 'What it replies to' }))
    expect(await screen.findByText('Slate?')).toBeVisible()
    await user.click(screen.getByRole('link', { name: 'The task it is about' }))

    expect(await screen.findByRole('dialog')).toBeVisible()
    expect(url()).toBe(`/projects/${project.id}?task=${task.id}`)
  })

  it('may not be there, or not for the one who asks', async () => {
    const { tarn, noor, post, pathOf } = hut()
    const draft = post('Not yet', { state: 'draft' })
    const { user } = startApp(tarn, pathOf(draft), noor)

    expect(await screen.findByText('This post cannot be found')).toBeVisible()
    expect(screen.queryByText('Not yet')).toBeNull()
    await user.click(screen.getByRole('link', { name: 'All posts' }))
    expect(await screen.findByText('No posts yet')).toBeVisible()
  })

  it('of another project is not found in this one', async () => {
    const { tarn, ada, project, post } = hut()
    const one = post('Slate')
    const other = { ...project, id: tarn.nextId(), name: 'Other' }
    tarn.projects.push(other)
    startApp(tarn, `/projects/${other.id}/posts/${one.id}`, ada)

    expect(await screen.findByText('This post cannot be found')).toBeVisible()
  })

  it('of a project of others is not there', async () => {
    const { tarn, post, pathOf } = hut()
    const one = post('Slate')
    const mei = addUser(tarn, { name: 'Mei', email: 'mei@example.org', password })
    startApp(tarn, pathOf(one), mei)

    expect(await screen.findByText('This project cannot be found')).toBeVisible()
  })

  it('may be away, and is asked for again', async () => {
    const { tarn, ada, post, pathOf } = hut()
    const one = post('Slate')
    tarn.refuseNext('GET', /posts\/./, new Refused(503, 'unavailable', 'Posts do not answer.'))
    const { user } = startApp(tarn, pathOf(one), ada)

    expect(await screen.findByRole('alert')).toHaveTextContent('cannot be shown right now')
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByText('Slate')).toBeVisible()
  })
})
