import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { invalid, Refused } from '@/testing/fake-call'
import { addPost } from '@/testing/fake-posts'
import { addTask } from '@/testing/fake-tasks'
import { addUser } from '@/testing/fake-users'
import { findNotice, heldBack, password, startApp, tarnWithProject } from '@/testing/start-app'

function hut() {
  const all = tarnWithProject()
  const { tarn, ada, project } = all
  const noor = addUser(tarn, { name: 'Noor Haddad', email: 'noor@example.org', password })
  const nora = addUser(tarn, { name: 'Nora Lind', email: 'nora@example.org', password })
  for (const { id } of [noor, nora])
    project.members.push({ userId: id, role: 'editor', addedAt: ada.createdAt })
  const path = `/projects/${project.id}/posts`
  const post = (body: string, more: Partial<Parameters<typeof addPost>[1]> = {}) =>
    addPost(tarn, { projectId: project.id, authorId: ada.id, body, ...more })
  return { ...all, noor, path, post }
}

type User = ReturnType<typeof startApp>['user']

const away = () => new Refused(503, 'unavailable', 'Posts do not answer.')
const text = () => screen.getByRole('textbox', { name: 'Write a post' })
const preview = () => screen.getByRole('region', { name: 'Preview' })
const button = (name: string) => screen.getByRole('button', { name })
const writeOne = async (user: User) =>
  user.click(await screen.findByRole('button', { name: 'Write a post' }))

const offered = async () => (await screen.findAllByRole('menuitem')).map((one) => one.textContent)

async function choose(user: User, kind: string, item: string) {
  await user.click(await screen.findByRole('button', { name: `More about this ${kind}` }))
  await user.click(await screen.findByRole('menuitem', { name: item }))
}

describe('the posts of a project', () => {
  it('are found beside its tasks, the newest first, drafts before them', async () => {
    const { tarn, ada, noor, project, post } = hut()
    post('First words', { title: 'The roof' })
    post('Second words', { authorId: noor.id })
    post('Not yet', { state: 'draft' })
    post('Not hers', { state: 'draft', authorId: noor.id })
    const { user, url } = startApp(tarn, `/projects/${project.id}`, ada)

    await user.click(await screen.findByRole('link', { name: 'Posts' }))

    const all = await screen.findAllByRole('article')
    expect(all.map((one) => one.getAttribute('aria-label'))).toEqual([
      'Draft by Ada Brandt',
      'Post by Noor Haddad',
      'Post by Ada Brandt',
    ])
    expect(all[0]).toHaveTextContent('Draft, only you see it')
    expect(within(all[2] as HTMLElement).getByRole('heading', { name: 'The roof' })).toBeVisible()
    expect(url()).toBe(`/projects/${project.id}/posts`)
  })

  it('begin with an invitation', async () => {
    const { tarn, ada, path } = hut()
    startApp(tarn, path, ada)

    expect(await screen.findByText('No posts yet')).toBeVisible()
  })

  it('are read on at the end', async () => {
    const { tarn, ada, path, post } = hut()
    for (let index = 1; index <= 31; index++) post(`Word ${index}`)
    startApp(tarn, path, ada)

    expect(await screen.findByText('Word 1')).toBeVisible()
  })

  it('say that they are read on', async () => {
    const { tarn, ada, path, post } = hut()
    for (let index = 1; index <= 31; index++) post(`Word ${index}`)
    startApp(tarn, path, ada)
    const release = heldBack(/cursor/)

    expect(await screen.findByText('Word 31')).toBeVisible()
    expect(await screen.findByRole('status', { name: 'Loading' })).toBeVisible()
    release()
    expect(await screen.findByText('Word 1')).toBeVisible()
    expect(screen.queryByRole('status', { name: 'Loading' })).toBeNull()
  })

  it('say when they cannot be read on, and ask nobody else until told to', async () => {
    const { tarn, ada, path, post } = hut()
    for (let index = 1; index <= 31; index++) post(`Word ${index}`)
    const { user, sent } = startApp(tarn, path, ada)
    tarn.refuseNext('GET', /posts$/, away(), /cursor/)

    expect(await screen.findByRole('alert')).toHaveTextContent('does not answer')
    expect(screen.getByText('Word 31')).toBeVisible()
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(sent('GET', /cursor/)).toHaveLength(1)

    await user.click(button('Try again'))
    expect(await screen.findByText('Word 1')).toBeVisible()
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it('stand below drafts that cannot be shown, or not all at once', async () => {
    const { tarn, ada, path, post } = hut()
    post('Told')
    for (let index = 1; index <= 31; index++) post(`Word ${index}`, { state: 'draft' })
    tarn.refuseNext('GET', /posts$/, away(), /draft/)
    const { user } = startApp(tarn, path, ada)

    expect(await screen.findByText('Told')).toBeVisible()
    expect(await screen.findByRole('alert')).toHaveTextContent('Your drafts cannot be shown')
    await user.click(button('Try again'))
    expect(await screen.findByText('Word 31')).toBeVisible()
    expect(screen.queryByText('Word 1')).toBeNull()
    await user.click(button('Show more drafts'))
    expect(await screen.findByText('Word 1')).toBeVisible()
  })

  it('are not said to be none while drafts are still read', async () => {
    const { tarn, ada, path, post } = hut()
    post('Not yet', { state: 'draft' })
    const { app } = startApp(tarn, path, ada)
    const release = heldBack(/state=draft/)

    await waitFor(() => {
      const lists = app.queryClient.getQueryCache().findAll({ queryKey: ['posts'] })
      expect(lists.map(({ state }) => state.status).sort()).toEqual(['pending', 'success'])
    })
    expect(screen.queryByText('No posts yet')).toBeNull()
    release()
    expect(await screen.findByText('Not yet')).toBeVisible()
  })

  it('draw what the server made of them: links leave, pictures stay away, one is named', async () => {
    const { tarn, ada, path, post } = hut()
    post('[more](https://host.example) ![view](https://host.example/a.png)\n\n- [x] Paint')
    post('For @ada-brandt and @noor-haddad')
    startApp(tarn, path, ada)

    const link = await screen.findByRole('link', { name: 'more' })
    expect(link).toHaveAttribute('target', '_blank')
    expect(link).toHaveAttribute('rel', 'nofollow noopener noreferrer')
    expect(document.querySelector('article img')).toBeNull()
    expect(screen.getByRole('link', { name: 'view' })).toHaveAttribute(
      'href',
      'https://host.example/a.png',
    )
    expect(screen.getByRole('checkbox', { name: 'Done' })).toBeChecked()
    expect(screen.getByText('@Ada Brandt')).toHaveClass('mention', 'mention-own')
    expect(screen.getByText('@Noor Haddad')).not.toHaveClass('mention-own')
  })

  it('say when they are away, and try again', async () => {
    const { tarn, ada, path, post } = hut()
    post('Words')
    for (const _ of [1, 2]) tarn.refuseNext('GET', /posts$/, away())
    const { user } = startApp(tarn, path, ada)

    expect(await screen.findByRole('alert')).toHaveTextContent('cannot be shown right now')
    await user.click(button('Try again'))
    expect(await screen.findByText('Words')).toBeVisible()
  })

  it('of a project that is not there are not there', async () => {
    const { tarn, ada } = hut()
    startApp(tarn, '/projects/nothing/posts', ada)

    expect(await screen.findByText('This project cannot be found')).toBeVisible()
  })

  it('are only to be read for a viewer', async () => {
    const { tarn, ada, project, path, post } = hut()
    const mei = addUser(tarn, { name: 'Mei', email: 'mei@example.org', password })
    project.members.push({ userId: mei.id, role: 'viewer', addedAt: ada.createdAt })
    post('Words')
    const { user } = startApp(tarn, path, mei)

    expect(await screen.findByText('Words')).toBeVisible()
    for (const name of ['Write a post', 'Reply'])
      expect(screen.queryByRole('button', { name })).toBeNull()
    await user.click(button('More about this post'))
    expect(await offered()).toEqual(['Copy link'])
  })
})

describe('some of the posts of a project', () => {
  const shown = () => screen.queryAllByRole('article').map((one) => one.getAttribute('aria-label'))

  it('are found by their words, with what is said about them, which the address says', async () => {
    const { tarn, ada, noor, project, path, post } = hut()
    const task = addTask(tarn, { projectId: project.id, createdBy: ada.id, title: 'Roof' })
    const roof = post('It leaks.', { title: 'The roof' })
    post('Slate?', { taskId: task.id, authorId: noor.id })
    post('Slate, please.', { parentId: roof.id, authorId: noor.id })
    post('Slate from Wales', { state: 'draft' })
    const { user, url } = startApp(tarn, path, ada)
    await screen.findByText('It leaks.')

    await user.type(screen.getByRole('searchbox', { name: 'Search posts' }), 'slate')

    await waitFor(() =>
      expect(shown()).toEqual([
        'Draft by Ada Brandt',
        'Reply by Noor Haddad',
        'Comment by Noor Haddad',
      ]),
    )
    expect(url()).toBe(`${path}?words=slate`)
    expect(screen.getByRole('link', { name: 'What it replies to' })).toBeVisible()
    expect(screen.getByRole('link', { name: 'The task it is about' })).toBeVisible()
    await user.click(screen.getByRole('link', { name: 'Board' }))
    await waitFor(() => expect(url()).toBe(`/projects/${project.id}?view=board`))
  })

  it('are those of one author', async () => {
    const { tarn, ada, noor, path, post } = hut()
    post('Mine')
    post('Hers', { authorId: noor.id })
    post('Not yet', { state: 'draft' })
    const { user, url } = startApp(tarn, path, ada)

    await user.selectOptions(await screen.findByLabelText('Author'), 'Noor Haddad')
    await waitFor(() => expect(shown()).toEqual(['Post by Noor Haddad']))
    expect(url()).toBe(`${path}?author=${noor.id}`)

    await user.selectOptions(screen.getByLabelText('Author'), 'By any author')
    await waitFor(() => expect(shown()).toHaveLength(3))
    expect(url()).toBe(path)
  })

  it('are all again when one is written that is none of them', async () => {
    const { tarn, ada, noor, path, post } = hut()
    post('Hers', { authorId: noor.id })
    const { user, url } = startApp(tarn, `${path}?author=${noor.id}`, ada)
    await writeOne(user)

    await user.type(text(), 'Mine')
    await user.click(button('Publish'))

    await waitFor(() => expect(shown()).toEqual(['Post by Ada Brandt', 'Post by Noor Haddad']))
    expect(url()).toBe(path)
  })

  it('are still those after a reload, also of who has left', async () => {
    const { tarn, ada, project, noor, path, post } = hut()
    post('Slate')
    post('Larch', { authorId: noor.id })
    post('Slate and larch', { authorId: noor.id })
    project.members = project.members.filter(({ userId }) => userId !== noor.id)
    startApp(tarn, `${path}?words=slate&author=${noor.id}`, ada)

    expect(await screen.findByText('Slate and larch')).toBeVisible()
    await waitFor(() => expect(shown()).toEqual(['Post by Noor Haddad']))
    expect(screen.getByLabelText('Search posts')).toHaveValue('slate')
    await waitFor(() => expect(screen.getByLabelText('Author')).toHaveDisplayValue('Noor Haddad'))
  })

  it('may be none, and all can be shown again', async () => {
    const { tarn, ada, path, post } = hut()
    post('Slate')
    const { user, url } = startApp(tarn, `${path}?words=gold`, ada)

    expect(await screen.findByText('No post matches')).toBeVisible()
    await user.click(button('Show all posts'))

    expect(await screen.findByText('Slate')).toBeVisible()
    expect(screen.getByLabelText('Search posts')).toHaveValue('')
    expect(url()).toBe(path)
  })

  it('are fewer when one of them is deleted, whatever it is about', async () => {
    const { tarn, ada, path, post } = hut()
    const roof = post('It leaks.', { title: 'The roof' })
    post('Slate, please.', { parentId: roof.id })
    const { user } = startApp(tarn, `${path}?words=slate`, ada)

    await choose(user, 'reply', 'Delete')
    await waitFor(() => expect(shown()).toEqual([]))
    await user.click(button('Undo'))
    await waitFor(() => expect(shown()).toEqual(['Reply by Ada Brandt']))
  })
})

describe('writing a post', () => {
  it('shows what it becomes, asked once for many keys', async () => {
    const { tarn, ada, path } = hut()
    const { user, sent } = startApp(tarn, path, ada)
    await writeOne(user)

    await user.type(text(), 'The **roof** leaks')

    expect(await within(preview()).findByText('roof')).toHaveProperty('tagName', 'STRONG')
    expect(sent('POST', /renderings/).length).toBeLessThan(4)
  })

  it('drops the preview of what is no longer there', async () => {
    const { tarn, ada, path } = hut()
    const { user } = startApp(tarn, path, ada)
    const release = heldBack(/"Slate"/)
    await writeOne(user)

    await user.type(text(), 'Slate')
    await new Promise((resolve) => setTimeout(resolve, 500))
    await user.type(text(), ' and larch')
    expect(await within(preview()).findByText('Slate and larch')).toBeVisible()
    release()
    await new Promise((resolve) => setTimeout(resolve, 50))

    expect(preview()).toHaveTextContent('Slate and larch')
  })

  it('says so when there is no preview, and can do without', async () => {
    const { tarn, ada, path } = hut()
    tarn.refuseNext('POST', /renderings/, 'offline')
    tarn.refuseNext('POST', /renderings/, 'offline')
    const { user } = startApp(tarn, path, ada)
    await writeOne(user)

    await user.type(text(), 'Slate')
    expect(await screen.findByText(/There is no preview right now/)).toBeVisible()
    await user.click(button('Preview'))
    expect(screen.queryByRole('region', { name: 'Preview' })).toBeNull()
  })

  it('names a member by keyboard', async () => {
    const { tarn, ada, path } = hut()
    const { user } = startApp(tarn, path, ada)
    await writeOne(user)

    await user.type(text(), 'Ask @no')
    const list = within(await screen.findByRole('listbox', { name: 'People to mention' }))
    const offers = list.getAllByRole('option')
    expect(offers.map((one) => one.textContent)).toEqual([
      expect.stringContaining('Noor Haddad'),
      expect.stringContaining('Nora Lind'),
    ])
    await user.keyboard('{ArrowDown}')
    expect(list.getByRole('option', { selected: true })).toHaveTextContent('Nora Lind')
    fireEvent.keyDown(text(), { key: 'Enter', isComposing: true })
    fireEvent.keyDown(text(), { key: 'Tab', keyCode: 229 })
    expect(text()).toHaveValue('Ask @no')
    await user.keyboard('{ArrowDown}{ArrowUp}{ArrowUp}{Enter}')
    expect(text()).toHaveValue('Ask @noor-haddad ')
    expect(screen.queryByRole('listbox', { name: 'People to mention' })).toBeNull()

    await user.type(text(), 'or @nora')
    await user.keyboard('{Escape}{Enter}')
    expect(text()).toHaveValue('Ask @noor-haddad or @nora\n')
    expect(await within(preview()).findByText('@Noor Haddad')).toHaveClass('mention')
  })

  it('names a member by mouse', async () => {
    const { tarn, ada, path } = hut()
    const { user } = startApp(tarn, path, ada)
    await writeOne(user)

    await user.type(text(), '@lin')
    const list = await screen.findByRole('listbox', { name: 'People to mention' })
    await user.click(within(list).getByRole('option', { name: /Nora Lind/ }))

    expect(text()).toHaveValue('@nora-lind ')
    expect(text()).toHaveFocus()
  })

  it('says whom a first name could mean, so that it names nobody', async () => {
    const { tarn, ada, project, path } = hut()
    const other = addUser(tarn, { name: 'Ada Lovelace', email: 'al@example.org', password })
    project.members.push({ userId: other.id, role: 'editor', addedAt: ada.createdAt })
    const { user } = startApp(tarn, path, ada)
    await writeOne(user)

    await user.type(text(), 'Ask @Ada, please')
    expect(
      await screen.findByText(/@Ada names nobody: it could be Ada Brandt or Ada Lovelace/),
    ).toBeVisible()
    await user.clear(text())
    await user.type(text(), 'Ask @Ada Lovelace, please')

    await waitFor(() => expect(screen.queryByText(/names nobody/)).toBeNull())
  })

  it('publishes at once', async () => {
    const { tarn, ada, project, path } = hut()
    const { user, sent } = startApp(tarn, path, ada)
    await writeOne(user)

    await user.type(screen.getByLabelText('Title'), 'The roof')
    await user.type(text(), 'It leaks.')
    await user.click(button('Publish'))

    expect(await screen.findByRole('heading', { name: 'The roof' })).toBeVisible()
    expect(sent('POST', /posts$/)[0]?.json).toEqual({
      projectId: project.id,
      title: 'The roof',
      body: 'It leaks.',
    })
    expect(button('Write a post')).toBeVisible()
  })

  it('keeps a draft, and publishes it later with other words', async () => {
    const { tarn, ada, path } = hut()
    const { user } = startApp(tarn, path, ada)
    await writeOne(user)

    await user.type(text(), 'It leaks')
    await user.click(button('Save draft'))
    expect(await screen.findByRole('article', { name: 'Draft by Ada Brandt' })).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Reply' })).toBeNull()

    await choose(user, 'draft', 'Edit')
    await user.type(screen.getByRole('textbox', { name: 'Edit the draft' }), ' badly')
    await user.click(button('Publish'))

    expect(await screen.findByRole('article', { name: 'Post by Ada Brandt' })).toHaveTextContent(
      'It leaks badly',
    )
    expect(screen.queryByRole('article', { name: /Draft/ })).toBeNull()
    expect(tarn.posts).toHaveLength(1)
    expect(tarn.posts[0]?.state).toBe('published')
  })

  it('publishes a draft that was changed, even when publishing fails at first', async () => {
    const { tarn, ada, path, post } = hut()
    const one = post('It leaks', { state: 'draft' })
    const { user, sent } = startApp(tarn, path, ada)
    await choose(user, 'draft', 'Edit')
    await user.type(screen.getByRole('textbox', { name: 'Edit the draft' }), ' badly')

    tarn.refuseNext('PUT', /publication/, away())
    await user.click(button('Publish'))
    expect(await screen.findByRole('alert')).toHaveTextContent('does not answer')
    await user.click(button('Publish'))

    expect(await screen.findByRole('article', { name: /^Post/ })).toHaveTextContent(
      'It leaks badly',
    )
    expect(sent('PATCH', /posts/)).toHaveLength(1)
    expect(one.state).toBe('published')
  })

  it('shows what the server refuses at its field, and refuses by itself what cannot be', async () => {
    const { tarn, ada, path } = hut()
    const { user, sent } = startApp(tarn, path, ada)
    await writeOne(user)

    await user.click(button('Publish'))
    expect(await screen.findByText('Write something first.')).toBeVisible()
    expect(sent('POST', /posts$/)).toEqual([])

    tarn.refuseNext('POST', /posts$/, invalid('/title', 'Not this word.'))
    await user.type(text(), 'Words')
    await user.click(button('Publish'))
    expect(await screen.findByText('Not this word.')).toBeVisible()
    expect(screen.getByLabelText('Title')).toBeInvalid()
    expect(text()).toHaveValue('Words')
  })

  it('keeps what was typed while one looks elsewhere, until it is discarded', async () => {
    const { tarn, ada, path } = hut()
    const { user } = startApp(tarn, path, ada)
    await writeOne(user)

    await user.type(text(), 'Half a thou')
    await user.click(screen.getByRole('link', { name: 'List' }))
    await user.click(await screen.findByRole('link', { name: 'Posts' }))
    expect(await screen.findByRole('textbox', { name: 'Write a post' })).toHaveValue('Half a thou')

    await user.click(button('Discard'))
    await writeOne(user)
    expect(text()).toHaveValue('')
  })

  it('brings back what was discarded, also into a box that is open again', async () => {
    const { tarn, ada, path } = hut()
    const { user } = startApp(tarn, path, ada)
    await writeOne(user)

    await user.type(screen.getByLabelText('Title'), 'The roof')
    await user.type(text(), 'Half a thou')
    await user.click(button('Discard'))
    await user.click(button('Undo'))
    expect(text()).toHaveValue('Half a thou')
    expect(screen.getByLabelText('Title')).toHaveValue('The roof')

    await user.click(button('Discard'))
    await writeOne(user)
    await user.type(text(), 'ght')
    await user.click(button('Undo'))
    expect(text()).toHaveValue('Half a thou\n\nght')
  })

  it('goes on from the title to the text by Enter', async () => {
    const { tarn, ada, path } = hut()
    const { user, sent } = startApp(tarn, path, ada)
    await writeOne(user)

    await user.type(text(), 'It leaks.')
    await user.type(screen.getByLabelText('Title'), 'The roof{Enter}')
    expect(text()).toHaveFocus()
    expect(sent('POST', /posts$/)).toEqual([])

    await user.type(screen.getByLabelText('Title'), '{Control>}{Enter}{/Control}')
    expect(await screen.findByRole('heading', { name: 'The roof' })).toBeVisible()
  })

  it('stays open for what was typed while it was sent', async () => {
    const { tarn, ada, path } = hut()
    const { user } = startApp(tarn, path, ada)
    await writeOne(user)
    const release = heldBack(/"It leaks\."/)

    await user.type(text(), 'It leaks.{Control>}{Enter}{/Control} Badly.')
    release()

    expect(await screen.findByRole('article')).toHaveTextContent('It leaks.')
    await waitFor(() => expect(text()).toHaveValue('Badly.'))
  })
})

describe('changing a post', () => {
  it('sends the version it was based on, and keeps the former words', async () => {
    const { tarn, ada, path, post } = hut()
    post('Slate', { title: 'The roof' })
    const { user, sent } = startApp(tarn, path, ada)

    await choose(user, 'post', 'Edit')
    await waitFor(() => expect(screen.queryByRole('menu')).toBeNull())
    expect(screen.getByRole('textbox', { name: 'Edit' })).toHaveFocus()
    await user.type(screen.getByRole('textbox', { name: 'Edit' }), ' or larch')
    await user.click(button('Save'))

    expect(await screen.findByText('Slate or larch')).toBeVisible()
    const [patch] = sent('PATCH', /posts/)
    expect(patch?.headers['if-match']).toBe('"1"')
    expect(patch?.json).toEqual({ body: 'Slate or larch' })

    await user.click(button('edited'))
    const history = within(await screen.findByRole('dialog', { name: 'Former words' }))
    expect(await history.findByText('Slate')).toBeVisible()
    expect(history.getByRole('heading', { name: 'The roof' })).toBeVisible()
    await user.click(history.getByRole('button', { name: 'Close' }))
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it('can take up its former words again', async () => {
    const { tarn, ada, path, post } = hut()
    const one = post('Slate', { title: 'The roof' })
    const { user } = startApp(tarn, path, ada)
    const edit = () => screen.getByRole('textbox', { name: 'Edit' })
    await choose(user, 'post', 'Edit')
    await user.clear(edit())
    await user.type(edit(), 'Larch')
    await user.click(button('Save'))

    await user.click(await screen.findByRole('button', { name: 'edited' }))
    await user.click(await screen.findByRole('button', { name: 'Bring these words back' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(edit()).toHaveValue('Slate')
    await waitFor(() => expect(edit()).toHaveFocus())

    await user.click(button('Save'))
    await waitFor(() => expect(one.body).toBe('Slate'))
  })

  it('leaves the former words of others as they are', async () => {
    const { tarn, ada, noor, path, post } = hut()
    const former = { version: 1, title: null, body: 'Slate', html: '<p>Slate</p>' }
    post('Larch', {
      authorId: noor.id,
      editedAt: ada.createdAt,
      former: [{ ...former, writtenAt: ada.createdAt }],
    })
    const { user } = startApp(tarn, path, ada)

    await user.click(await screen.findByRole('button', { name: 'edited' }))
    expect(await screen.findByText('Slate')).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Bring these words back' })).toBeNull()
  })

  it('can be given up', async () => {
    const { tarn, ada, path, post } = hut()
    post('Slate')
    const { user, sent } = startApp(tarn, path, ada)

    await choose(user, 'post', 'Edit')
    await user.type(screen.getByRole('textbox', { name: 'Edit' }), '!')
    await user.click(button('Discard'))

    expect(await screen.findByText('Slate')).toBeVisible()
    expect(sent('PATCH', /posts/)).toEqual([])
  })

  it('is no conflict with another title given in another window', async () => {
    const { tarn, ada, path, post } = hut()
    const one = post('Slate', { title: 'The roof' })
    const { user } = startApp(tarn, path, ada)

    await choose(user, 'post', 'Edit')
    await user.type(screen.getByRole('textbox', { name: 'Edit' }), ' here')
    Object.assign(one, { title: 'The old roof', version: 2 })
    await user.click(button('Save'))

    await waitFor(() => expect(one).toMatchObject({ title: 'The old roof', body: 'Slate here' }))
  })

  it('shows what came in between, and loses nothing', async () => {
    const { tarn, ada, path, post } = hut()
    const one = post('Slate')
    const { user, sent } = startApp(tarn, path, ada)

    await choose(user, 'post', 'Edit')
    await user.type(screen.getByRole('textbox', { name: 'Edit' }), ' here')
    Object.assign(one, { body: 'Larch', html: '<p>Larch</p>', version: 2 })
    await user.click(button('Save'))

    const notice = within(await screen.findByRole('alert', { name: 'Changed meanwhile' }))
    expect(notice.getByText('Larch')).toBeVisible()
    expect(screen.getByRole('textbox', { name: 'Edit' })).toHaveValue('Slate here')
    expect(one.body).toBe('Larch')

    await user.click(button('Overwrite with mine'))
    await waitFor(() => expect(one.body).toBe('Slate here'))
    expect(sent('PATCH', /posts/)[1]?.headers['if-match']).toBe('"2"')
    expect(await screen.findByText('Slate here')).toBeVisible()
  })

  it('says when the history cannot be read', async () => {
    const { tarn, ada, path, post } = hut()
    post('Slate', { editedAt: ada.createdAt })
    tarn.refuseNext('GET', /versions/, 'offline')
    const { user } = startApp(tarn, path, ada)

    await user.click(await screen.findByRole('button', { name: 'edited' }))
    expect(await screen.findByRole('alert')).toHaveTextContent('cannot be reached')
    await user.click(button('Try again'))
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull())
  })
})

describe('deleting a post', () => {
  it('can be undone', async () => {
    const { tarn, ada, path, post } = hut()
    const one = post('Slate')
    const { user } = startApp(tarn, path, ada)

    await choose(user, 'post', 'Delete')
    await findNotice(/The post is deleted/)
    expect(screen.queryByText('Slate')).toBeNull()
    expect(one.deletedAt).not.toBeNull()

    await user.click(button('Undo'))
    expect(await screen.findByText('Slate')).toBeVisible()
    expect(one.deletedAt).toBeNull()
  })

  it('can still be undone when that fails at first', async () => {
    const { tarn, ada, path, post } = hut()
    const one = post('Slate')
    const { user } = startApp(tarn, path, ada)
    await choose(user, 'post', 'Delete')
    await findNotice(/The post is deleted/)

    tarn.refuseNext('PUT', /restoration/, away())
    await user.click(button('Undo'))
    await findNotice(/does not answer/)
    expect(one.deletedAt).not.toBeNull()

    await user.click(await screen.findByRole('button', { name: 'Undo' }))
    expect(await screen.findByText('Slate')).toBeVisible()
  })

  it('leads the keyboard on to the next, and from the last to where one writes', async () => {
    const { tarn, ada, path, post } = hut()
    post('Larch')
    post('Slate')
    const { user } = startApp(tarn, path, ada)
    const menus = () => screen.getAllByRole('button', { name: 'More about this post' })
    await screen.findByText('Larch')

    await user.click(menus()[0] as HTMLElement)
    await user.click(await screen.findByRole('menuitem', { name: 'Delete' }))
    await waitFor(() => expect(screen.queryByText('Slate')).toBeNull())
    await waitFor(() => expect(menus()[0]).toHaveFocus())

    await choose(user, 'post', 'Delete')
    await waitFor(() => expect(screen.queryByText('Larch')).toBeNull())
    await waitFor(() => expect(button('Write a post')).toHaveFocus())
  })
})
