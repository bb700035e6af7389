import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { invalid, Refused } from '@/testing/fake-call'
import { addPost } from '@/testing/fake-posts'
import { addTask } from '@/testing/fake-tasks'
import { addUser } from '@/testing/fake-users'
import { findNotice, heldBack, password, startApp, tarnWithProject } from '@/testing/start-app'

function openTask() {
  const all = tarnWithProject()
  const { tarn, ada, project } = all
  const noor = addUser(tarn, { name: 'Noor Haddad', email: 'noor@example.org', password })
  project.members.push({ userId: noor.id, role: 'editor', addedAt: ada.createdAt })
  const task = addTask(tarn, { projectId: project.id, createdBy: ada.id, title: 'Mend the roof' })
  const path = `/projects/${project.id}?task=${task.id}`
  const comment = (body: string, authorId = noor.id, more = {}) =>
    addPost(tarn, { projectId: project.id, taskId: task.id, authorId, body, ...more })
  return { ...all, noor, task, path, comment }
}

const comments = () => screen.findByRole('region', { name: 'Comments' })
const box = (name = 'Write a comment') => screen.findByRole('textbox', { name })
const away = () => new Refused(503, 'unavailable', 'Posts do not answer.')

describe('the comments on a task', () => {
  it('read from the oldest to the newest, with their number', async () => {
    const { tarn, ada, path, comment } = openTask()
    comment('Slate or **larch**?')
    comment('Slate.', ada.id)
    startApp(tarn, path, ada)

    const all = await screen.findAllByRole('article')
    expect(all.map((one) => one.getAttribute('aria-label'))).toEqual([
      'Comment by Noor Haddad',
      'Comment by Ada Brandt',
    ])
    expect(screen.getByText('larch')).toHaveProperty('tagName', 'STRONG')
    expect(await comments()).toHaveTextContent('Comments2')
  })

  it('show the newest first of a long talk, and the rest when asked', async () => {
    const { tarn, ada, path, comment } = openTask()
    for (let index = 1; index <= 32; index++) comment(`Word ${index}`)
    const { user } = startApp(tarn, path, ada)

    expect(await screen.findByText('Word 32')).toBeVisible()
    expect(await comments()).toHaveTextContent('Comments30+')
    expect(screen.queryByText('Word 1')).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Show earlier comments' }))
    expect(await screen.findByText('Word 1')).toBeVisible()
    expect(screen.getAllByRole('article')[0]).toHaveTextContent('Word 1')
  })

  it('say when the rest cannot be read', async () => {
    const { tarn, ada, path, comment } = openTask()
    for (let index = 1; index <= 31; index++) comment(`Word ${index}`)
    tarn.refuseNext('GET', /posts$/, away(), /cursor/)
    const { user } = startApp(tarn, path, ada)

    await user.click(await screen.findByRole('button', { name: 'Show earlier comments' }))
    expect(await screen.findByRole('alert')).toHaveTextContent('does not answer')
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByText('Word 1')).toBeVisible()
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it('are written, by button and by keyboard', async () => {
    const { tarn, ada, task, path } = openTask()
    const { user, sent } = startApp(tarn, path, ada)

    await user.type(await box(), 'Slate.')
    await user.click(screen.getByRole('button', { name: 'Comment' }))

    expect(await screen.findByRole('article', { name: 'Comment by Ada Brandt' })).toHaveTextContent(
      'Slate.',
    )
    expect(sent('POST', /posts$/)[0]?.json).toEqual({ taskId: task.id, body: 'Slate.' })
    expect(await box()).toHaveValue('')
    expect(await box()).toHaveFocus()

    await user.type(await box(), 'Or larch.{Control>}{Enter}{/Control}')
    expect(await screen.findByText('Or larch.')).toBeVisible()
  })

  it('keep what was typed when the panel closes', async () => {
    const { tarn, ada, path } = openTask()
    const { user } = startApp(tarn, path, ada)

    await user.type(await box(), 'Half a thou')
    await user.click(screen.getByRole('button', { name: 'Close' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    await user.click(await screen.findByRole('link', { name: 'Mend the roof' }))

    expect(await box()).toHaveValue('Half a thou')
  })

  it('are sent once, however long the keys are held', async () => {
    const { tarn, ada, path } = openTask()
    const { user, sent } = startApp(tarn, path, ada)
    await user.type(await box(), 'Slate.')

    for (const repeat of [false, false, true])
      fireEvent.keyDown(await box(), { key: 'Enter', ctrlKey: true, repeat })

    expect(await screen.findByText('Slate.')).toBeVisible()
    fireEvent.keyDown(await box(), { key: 'Enter', ctrlKey: true, repeat: true })
    expect(sent('POST', /posts$/)).toHaveLength(1)
    expect(screen.queryByText('Write something first.')).toBeNull()
  })

  it('are not sent by a key that an input method needs', async () => {
    const { tarn, ada, path } = openTask()
    const { user, sent } = startApp(tarn, path, ada)
    await user.type(await box(), 'すみ')

    fireEvent.keyDown(await box(), { key: 'Enter', ctrlKey: true, isComposing: true })
    fireEvent.keyDown(await box(), { key: 'Enter', metaKey: true, keyCode: 229 })
    await user.keyboard('!{Control>}{Enter}{/Control}')

    expect(await screen.findByText('すみ!')).toBeVisible()
    expect(sent('POST', /posts$/).map(({ json }) => json.body)).toEqual(['すみ!'])
  })

  it('keep what is typed while they are sent, and leave the focus where it went', async () => {
    const { tarn, ada, path } = openTask()
    const { user } = startApp(tarn, path, ada)
    const release = heldBack(/"Slate\."/)

    await user.type(await box(), 'Slate.{Control>}{Enter}{/Control} Or larch.')
    await user.click(screen.getByLabelText('Title'))
    release()

    expect(await screen.findByText('Slate.')).toBeVisible()
    await waitFor(async () => expect(await box()).toHaveValue('Or larch.'))
    expect(screen.getByLabelText('Title')).toHaveFocus()
  })

  it('that cannot be sent after the panel was closed say so, and wait there', async () => {
    const { tarn, ada, path } = openTask()
    tarn.refuseNext('POST', /posts$/, away())
    const { user } = startApp(tarn, path, ada)
    const release = heldBack(/"Slate\."/)

    await user.type(await box(), 'Slate.{Control>}{Enter}{/Control}')
    await user.click(screen.getByRole('button', { name: 'Close' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    release()

    await findNotice(/not sent.*does not answer/)
    await user.click(await screen.findByRole('link', { name: 'Mend the roof' }))
    expect(await box()).toHaveValue('Slate.')
  })

  describe('while the panel is closed and opened again', () => {
    const reopen = async (user: ReturnType<typeof startApp>['user']) => {
      await user.click(screen.getByRole('button', { name: 'Close' }))
      await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
      await user.click(await screen.findByRole('link', { name: 'Mend the roof' }))
    }
    const send = '{Control>}{Enter}{/Control}'

    it('are on their way, and not sent again', async () => {
      const { tarn, ada, path } = openTask()
      const { user, sent } = startApp(tarn, path, ada)
      const release = heldBack(/"Slate\."/)
      await user.type(await box(), `Slate.${send}`)
      await reopen(user)

      expect(await box()).toHaveValue('Slate.')
      expect(screen.getByRole('button', { name: 'Comment' })).toBeDisabled()
      await user.type(await box(), send)
      release()

      expect(await screen.findByRole('article')).toHaveTextContent('Slate.')
      await waitFor(async () => expect(await box()).toHaveValue(''))
      expect(sent('POST', /posts$/)).toHaveLength(1)
    })

    it('arrive without anybody there, and are not kept', async () => {
      const { tarn, ada, path } = openTask()
      const { user } = startApp(tarn, path, ada)
      const release = heldBack(/"Slate\."/)
      await user.type(await box(), `Slate.${send}`)
      await user.click(screen.getByRole('button', { name: 'Close' }))
      await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())

      release()
      await waitFor(() => expect(tarn.posts).toHaveLength(1))
      await user.click(await screen.findByRole('link', { name: 'Mend the roof' }))

      expect(await screen.findByRole('article')).toHaveTextContent('Slate.')
      expect(await box()).toHaveValue('')
    })

    it('say there that they were refused', async () => {
      const { tarn, ada, path } = openTask()
      tarn.refuseNext('POST', /posts$/, invalid('/body', 'Not so loud.'))
      const { user } = startApp(tarn, path, ada)
      const release = heldBack(/"SLATE"/)
      await user.type(await box(), `SLATE${send}`)
      await reopen(user)
      await box()

      release()

      expect(await screen.findByText('Not so loud.')).toBeVisible()
      expect(await box()).toHaveValue('SLATE')
    })

    it('are written once, however often they are tried', async () => {
      const { tarn, ada, path } = openTask()
      for (const _ of [1, 2]) tarn.refuseNext('POST', /posts$/, 'offline')
      const { user, sent } = startApp(tarn, path, ada)
      await user.type(await box(), `Slate.${send}`)
      expect(await screen.findByRole('alert')).toHaveTextContent('cannot be reached')
      await reopen(user)

      await user.type(await box(), send)

      expect(await screen.findByRole('article')).toHaveTextContent('Slate.')
      const keys = sent('POST', /posts$/).map(({ headers }) => headers['idempotency-key'])
      expect(keys).toHaveLength(3)
      expect(new Set(keys).size).toBe(1)
    })
  })

  it('ask the browser to warn while something is not sent', async () => {
    const { tarn, ada, path } = openTask()
    const { user } = startApp(tarn, path, ada)
    const leave = () => !dispatchEvent(new Event('beforeunload', { cancelable: true }))

    await user.type(await box(), 'Half')
    expect(leave()).toBe(true)
    await user.clear(await box())
    expect(leave()).toBe(false)
  })

  it('keep what was typed when it cannot be sent, and say why at the field', async () => {
    const { tarn, ada, path } = openTask()
    tarn.refuseNext('POST', /posts$/, invalid('/body', 'Not so loud.'))
    tarn.refuseNext('POST', /posts$/, away())
    const { user } = startApp(tarn, path, ada)

    await user.type(await box(), 'SLATE')
    await user.click(screen.getByRole('button', { name: 'Comment' }))
    expect(await screen.findByText('Not so loud.')).toBeVisible()
    expect(await box()).toBeInvalid()

    await user.click(screen.getByRole('button', { name: 'Comment' }))
    expect(await screen.findByRole('alert')).toHaveTextContent('does not answer')
    expect(await box()).toHaveValue('SLATE')
  })

  it('take replies, one level deep', async () => {
    const { tarn, ada, path, comment } = openTask()
    const first = comment('Slate?')
    comment('Yes.', ada.id, { parentId: first.id })
    const { user, sent } = startApp(tarn, path, ada)

    await user.click(await screen.findByRole('button', { name: '1 reply' }))
    const replies = within(await screen.findByRole('region', { name: 'Replies' }))
    expect(await replies.findByText('Yes.')).toBeVisible()
    expect(replies.queryByRole('button', { name: 'Reply' })).toBeNull()

    await user.click(screen.getByRole('button', { name: 'Reply' }))
    await user.type(await box('Write a reply'), 'Good.{Control>}{Enter}{/Control}')
    expect(await replies.findByText('Good.')).toBeVisible()
    expect(await screen.findByRole('button', { name: '2 replies' })).toBeVisible()
    expect(sent('POST', /posts$/)[0]?.json).toEqual({ parentId: first.id, body: 'Good.' })

    await user.click(screen.getAllByRole('button', { name: 'More about this reply' })[1] as Element)
    await user.click(await screen.findByRole('menuitem', { name: 'Delete' }))
    expect(await screen.findByRole('button', { name: '1 reply' })).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    expect(await screen.findByRole('button', { name: '2 replies' })).toBeVisible()
  })

  it('are deleted by an owner, with a way back, and changed by nobody else', async () => {
    const { tarn, ada, path, comment } = openTask()
    const rude = comment('Rubbish.')
    const { user } = startApp(tarn, path, ada)

    await user.click(await screen.findByRole('button', { name: 'More about this comment' }))
    expect(screen.queryByRole('menuitem', { name: 'Edit' })).toBeNull()
    await user.click(await screen.findByRole('menuitem', { name: 'Delete' }))
    await findNotice(/The comment is deleted/)
    expect(screen.queryByText('Rubbish.')).toBeNull()
    await waitFor(async () => expect(await box()).toHaveFocus())
    expect(rude.deletedAt).not.toBeNull()

    await user.click(screen.getByRole('button', { name: 'Undo' }))
    expect(await screen.findByText('Rubbish.')).toBeVisible()
  })

  it('of others cannot be touched by an editor', async () => {
    const { tarn, ada, noor, path, comment } = openTask()
    comment('Mine.', ada.id)
    const { user } = startApp(tarn, path, noor)

    await user.click(await screen.findByRole('button', { name: 'More about this comment' }))
    expect(await screen.findAllByRole('menuitem')).toEqual([
      screen.getByRole('menuitem', { name: 'Copy link' }),
    ])
  })

  it('are only to be read for a viewer', async () => {
    const { tarn, ada, project, path, comment } = openTask()
    const mei = addUser(tarn, { name: 'Mei', email: 'mei@example.org', password })
    project.members.push({ userId: mei.id, role: 'viewer', addedAt: ada.createdAt })
    comment('Slate?')
    startApp(tarn, path, mei)

    expect(await screen.findByText('Slate?')).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Reply' })).toBeNull()
    expect(screen.queryByRole('textbox', { name: 'Write a comment' })).toBeNull()
  })

  it('may be away, while the task works on', async () => {
    const { tarn, ada, task, path, comment } = openTask()
    comment('Slate?')
    tarn.refuseNext('GET', /posts$/, away())
    const { user } = startApp(tarn, path, ada)

    expect(await screen.findByRole('alert')).toHaveTextContent('cannot be shown right now')
    await user.type(screen.getByLabelText('Title'), '!{Control>}{Enter}{/Control}')
    await waitFor(() => expect(task.title).toBe('Mend the roof!'))

    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByText('Slate?')).toBeVisible()
  })

  it('claim of nobody to have left while names are not known', async () => {
    const { tarn, ada, path, comment } = openTask()
    comment('Slate?')
    const { app } = startApp(tarn, path, ada)
    tarn.refuseNext('GET', /users$/, away())
    const release = heldBack(/api\/users\?id=/)

    expect(await screen.findByRole('article', { name: 'Comment by …' })).toBeVisible()
    release()
    expect(await screen.findByRole('article', { name: 'Comment by Unknown' })).toBeVisible()

    await app.queryClient.refetchQueries({ queryKey: ['users'] })
    expect(await screen.findByRole('article', { name: 'Comment by Noor Haddad' })).toBeVisible()
  })

  it('name nobody who has no account any more', async () => {
    const { tarn, ada, project, path, comment } = openTask()
    comment('Slate?')
    project.members.pop()
    tarn.users.pop()
    startApp(tarn, path, ada)

    expect(await screen.findByRole('article', { name: 'Comment by Former member' })).toBeVisible()
  })

  it('name who has left the project', async () => {
    const { tarn, ada, project, path, comment } = openTask()
    comment('Slate?')
    project.members.pop()
    startApp(tarn, path, ada)

    expect(await screen.findByRole('article', { name: 'Comment by Noor Haddad' })).toBeVisible()
  })
})
