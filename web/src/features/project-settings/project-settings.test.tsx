import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { invalid, Refused } from '@/testing/fake-call'
import { addItem } from '@/testing/fake-items'
import { addPost } from '@/testing/fake-posts'
import { addLabel } from '@/testing/fake-projects'
import { addTask } from '@/testing/fake-tasks'
import { addUser } from '@/testing/fake-users'
import { findNotice, password, startApp, tarnWithProject } from '@/testing/start-app'

function settings() {
  const all = tarnWithProject()
  const noor = addUser(all.tarn, { name: 'Noor Haddad', email: 'noor@example.org', password })
  return { ...all, noor, path: `/projects/${all.project.id}/settings` }
}

describe('the details of a project', () => {
  it('are changed, with the version they were based on', async () => {
    const { tarn, ada, project, path } = settings()
    const { user, sent } = startApp(tarn, path, ada)

    await user.type(await screen.findByLabelText('Name'), ' 2')
    await user.click(screen.getByRole('button', { name: 'Save details' }))

    await findNotice(/The project is saved/)
    expect(project.name).toBe('Mountain hut 2')
    expect(sent('PATCH', /projects/)[0]?.headers['if-match']).toBe('"1"')
  })

  it('have the time zone of work that nobody asked for', async () => {
    const { tarn, ada, project, path } = settings()
    const { user } = startApp(tarn, path, ada)

    await user.selectOptions(await screen.findByLabelText('Time zone'), 'Asia/Tokyo')
    await user.click(screen.getByRole('button', { name: 'Save details' }))

    await findNotice(/The project is saved/)
    expect(project.timeZone).toBe('Asia/Tokyo')
  })

  it('have a colour and an emoji by which the project is recognised', async () => {
    const { tarn, ada, project, path } = settings()
    const { user } = startApp(tarn, path, ada)

    const color = await screen.findByLabelText('Colour')
    expect(within(color).getByRole('option', { name: 'grey' })).toHaveValue('gray')
    await user.selectOptions(color, 'purple')
    await user.type(screen.getByLabelText('Emoji'), '🌲')
    await user.click(screen.getByRole('button', { name: 'Save details' }))

    await findNotice(/The project is saved/)
    expect(project).toMatchObject({ color: 'purple', emoji: '🌲' })
    const main = screen.getByRole('navigation', { name: 'Main' })
    expect(await within(main).findByText('🌲')).toBeVisible()
  })

  it('tell of a change by someone else, and keep what one typed', async () => {
    const { tarn, ada, project, path } = settings()
    const { user } = startApp(tarn, path, ada)

    await user.type(await screen.findByLabelText('Name'), ' 2')
    const noor = addUser(tarn, { name: 'Noor', email: 'noor@example.org', password })
    const theirs = { name: 'Theirs', description: 'Theirs', updatedBy: noor.id, version: 2 }
    Object.assign(project, theirs)
    await user.click(screen.getByRole('button', { name: 'Save details' }))
    expect(
      await screen.findByText(/^Noor changed the same at .* now called “Theirs”/),
    ).toBeVisible()
    await waitFor(() => expect(screen.getByLabelText('Description')).toHaveValue('Theirs'))
    expect(screen.getByLabelText('Name')).toHaveValue('Mountain hut 2')

    await user.click(screen.getByRole('button', { name: 'Save details' }))
    await waitFor(() => expect(project.name).toBe('Mountain hut 2'))
    expect(project.description).toBe('Theirs')
  })

  it('show what the server refuses at the field', async () => {
    const { tarn, ada, path } = settings()
    tarn.refuseNext('PATCH', /projects/, invalid('/name', 'Taken.'))
    const { user } = startApp(tarn, path, ada)

    await user.type(await screen.findByLabelText('Name'), ' 2')
    await user.click(screen.getByRole('button', { name: 'Save details' }))

    await waitFor(() => expect(screen.getByLabelText('Name')).toHaveAccessibleDescription('Taken.'))
  })
})

describe('members', () => {
  it('are shown as closed when their account is', async () => {
    const { tarn, ada, project, noor, path } = settings()
    project.members.push({ userId: noor.id, role: 'viewer', addedAt: '2026-01-01T00:00:00Z' })
    noor.closedAt = '2026-01-02T00:00:00Z'
    startApp(tarn, path, ada)

    expect(await screen.findByText('(account closed)')).toBeVisible()
  })

  it('are found by name and added with a role', async () => {
    const { tarn, ada, project, noor, path } = settings()
    const { user } = startApp(tarn, path, ada)

    await user.type(await screen.findByLabelText('Add a member'), 'noor')
    await user.selectOptions(screen.getByLabelText('Role of the new member'), 'Viewer')
    await user.click(await screen.findByRole('button', { name: 'Add Noor Haddad' }))

    expect(await screen.findByLabelText('Role of Noor Haddad')).toHaveDisplayValue('Viewer')
    expect(project.members).toContainEqual(
      expect.objectContaining({ userId: noor.id, role: 'viewer' }),
    )
  })

  it('get another role, and go', async () => {
    const { tarn, ada, project, noor, path } = settings()
    project.members.push({ userId: noor.id, role: 'viewer', addedAt: ada.createdAt })
    const { user } = startApp(tarn, path, ada)

    await user.selectOptions(await screen.findByLabelText('Role of Noor Haddad'), 'Editor')
    await waitFor(() => expect(project.members[1]?.role).toBe('editor'))
    await user.click(screen.getByRole('button', { name: 'Remove Noor Haddad' }))
    await screen.findByText(/are taken off the tasks that are assigned to them/)
    await user.click(screen.getByRole('button', { name: 'Remove member' }))

    await waitFor(() => expect(screen.queryByLabelText('Role of Noor Haddad')).toBeNull())
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it('hand the focus on to the next one, when removed, never to a role', async () => {
    const { tarn, ada, project, noor, path } = settings()
    const zoe = addUser(tarn, { name: 'Zoe', email: 'zoe@example.org', password })
    for (const { id: userId } of [noor, zoe])
      project.members.push({ userId, role: 'editor', addedAt: ada.createdAt })
    const { user } = startApp(tarn, path, ada)
    const remove = async (name: string) => {
      await user.click(await screen.findByRole('button', { name: `Remove ${name}` }))
      await user.click(await screen.findByRole('button', { name: 'Remove member' }))
      await waitFor(() => expect(screen.queryByLabelText(`Role of ${name}`)).toBeNull())
    }

    await remove('Noor Haddad')
    await waitFor(() => expect(screen.getByRole('button', { name: 'Remove Zoe' })).toHaveFocus())
    await remove('Zoe')

    await waitFor(() =>
      expect(screen.getByRole('button', { name: 'Remove Ada Brandt' })).toHaveFocus(),
    )
  })

  it('are not offered when their account is closed', async () => {
    const { tarn, ada, noor, path } = settings()
    noor.closedAt = '2026-01-02T00:00:00Z'
    const { user } = startApp(tarn, path, ada)

    await user.type(await screen.findByLabelText('Add a member'), 'noor')

    expect(await screen.findByText(/^No user you know here is called “noor”\./)).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Add Noor Haddad' })).toBeNull()
  })

  it('are named when they are there already', async () => {
    const { tarn, ada, project, noor, path } = settings()
    project.members.push({ userId: noor.id, role: 'viewer', addedAt: ada.createdAt })
    const { user } = startApp(tarn, path, ada)

    await user.type(await screen.findByLabelText('Add a member'), 'haddad')

    expect(await screen.findByText('Noor Haddad is a member already.')).toBeVisible()
    expect(screen.queryByText(/Nobody you know/)).toBeNull()
  })

  it('are found behind more members of that name than are shown', async () => {
    const { tarn, ada, project, path } = settings()
    for (let number = 10; number <= 20; number++) {
      const one = addUser(tarn, {
        name: `Sam ${number}`,
        email: `sam${number}@example.org`,
        password,
      })
      if (number < 20)
        project.members.push({ userId: one.id, role: 'viewer', addedAt: ada.createdAt })
    }
    const { user } = startApp(tarn, path, ada)

    await user.type(await screen.findByLabelText('Add a member'), 'sam')

    expect(await screen.findByRole('button', { name: 'Add Sam 20' })).toBeVisible()
  })

  it('come back with their role and their tasks when that is undone', async () => {
    const { tarn, ada, project, noor, path } = settings()
    project.members.push({ userId: noor.id, role: 'editor', addedAt: ada.createdAt })
    const mine = { projectId: project.id, createdBy: ada.id }
    const task = addTask(tarn, { ...mine, title: 'Rope', assignees: [noor.id] })
    const { user } = startApp(tarn, path, ada)

    await user.click(await screen.findByRole('button', { name: 'Remove Noor Haddad' }))
    await user.click(await screen.findByRole('button', { name: 'Remove member' }))
    await findNotice(/Noor Haddad is no longer a member/)
    expect(task.assignees).toEqual([])
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    await user.click(screen.getByRole('button', { name: 'Undo' }))

    expect(await screen.findByLabelText('Role of Noor Haddad')).toHaveDisplayValue('Editor')
    expect(task.assignees).toEqual([noor.id])
  })

  it('leave a project themselves, when they say so twice', async () => {
    const { tarn, ada, project, noor, path } = settings()
    project.members.push({ userId: noor.id, role: 'owner', addedAt: ada.createdAt })
    const { user, url } = startApp(tarn, path, ada)

    await user.click(await screen.findByRole('button', { name: 'Remove Ada Brandt' }))
    await screen.findByRole('dialog', { name: 'Leave this project?' })
    expect(project.members).toHaveLength(2)
    await user.click(screen.getByRole('button', { name: 'Leave project' }))

    await findNotice(/You have left the project/)
    expect(project.members).toHaveLength(1)
    expect(url()).toBe('/projects')
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull()
  })

  it('always keep an owner', async () => {
    const { tarn, ada, path } = settings()
    const { user } = startApp(tarn, path, ada)

    await user.selectOptions(await screen.findByLabelText('Role of Ada Brandt'), 'Viewer')

    await findNotice(/A project needs an owner/)
    await waitFor(() =>
      expect(screen.getByLabelText('Role of Ada Brandt')).toHaveDisplayValue('Owner'),
    )
  })

  it('are invited where one does not know them', async () => {
    const { tarn, project, noor, path } = settings()
    const zoe = addUser(tarn, { name: 'Zoe', email: 'zoe@example.org', password })
    project.members.push({ userId: noor.id, role: 'owner', addedAt: noor.createdAt })
    const { user } = startApp(tarn, path, noor)

    await user.type(await screen.findByLabelText('Add a member'), zoe.name)

    expect(await screen.findByText(/^No user you know here is called “Zoe”\./)).toBeVisible()
    expect(screen.getByRole('button', { name: 'Invite by link' })).toBeVisible()
  })
})

describe('sections', () => {
  it('are added, renamed, moved, archived and deleted', async () => {
    const { tarn, ada, path, section } = settings()
    const { user } = startApp(tarn, path, ada)
    const names = () =>
      screen.getAllByLabelText(/^Name of section/).map((field) => (field as HTMLInputElement).value)

    await user.type(await screen.findByLabelText('Add a section'), 'Waiting{Enter}')
    await waitFor(() => expect(names()).toEqual(['To do', 'Doing', 'Done', 'Waiting']))

    await user.click(screen.getByRole('button', { name: 'Move Waiting up' }))
    await waitFor(() => expect(names()).toEqual(['To do', 'Doing', 'Waiting', 'Done']))
    await user.click(screen.getByRole('button', { name: 'Move To do down' }))
    await waitFor(() => expect(names()).toEqual(['Doing', 'To do', 'Waiting', 'Done']))

    const field = screen.getByLabelText('Name of section Doing')
    await user.clear(field)
    await user.type(field, 'Under way{Enter}')
    await waitFor(() => expect(section('Doing').name).toBe('Under way'))

    await user.click(screen.getByRole('button', { name: 'Archive To do' }))
    expect(await screen.findByRole('button', { name: 'Bring back To do' })).toBeVisible()

    await user.click(screen.getByRole('button', { name: 'Delete Waiting' }))
    await user.click(await screen.findByRole('button', { name: 'Delete section' }))
    await waitFor(() => expect(names()).not.toContain('Waiting'))
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(names()).toEqual(['Under way', 'To do', 'Waiting', 'Done']))
  })

  it('keep the focus in the name when it is saved with Enter', async () => {
    const { tarn, ada, path, section } = settings()
    const { user } = startApp(tarn, path, ada)

    const field = await screen.findByLabelText('Name of section Doing')
    await user.type(field, ' 2{Enter}')
    await waitFor(() => expect(section('Doing').name).toBe('Doing 2'))
    await user.type(field, '3{Enter}')

    await waitFor(() => expect(section('Doing').name).toBe('Doing 23'))
    expect(await screen.findByLabelText('Name of section Doing 23')).toHaveFocus()
  })

  it('keep what was typed where the name was changed elsewhere, and say by whom', async () => {
    const { tarn, ada, noor, path, section } = settings()
    const { user } = startApp(tarn, path, ada)

    const field = await screen.findByLabelText('Name of section Doing')
    await user.type(field, ' 2')
    const updatedAt = new Date().toISOString()
    Object.assign(section('Doing'), { name: 'Theirs', version: 2, updatedAt, updatedBy: noor.id })
    await user.keyboard('{Enter}')

    const line = /^Noor Haddad changed this section at \d\d?:\d\d.*\. It is now called “Theirs”\.$/
    expect(await screen.findByText(line)).toBeVisible()
    expect(field).toHaveValue('Doing 2')
    expect(field).toHaveFocus()
    await user.click(screen.getByRole('button', { name: 'Overwrite with mine' }))
    await waitFor(() => expect(section('Doing').name).toBe('Doing 2'))
    expect(field).toHaveFocus()
    await waitFor(() => expect(screen.queryByText(/It is now called/)).toBeNull())
  })

  it('take the name from elsewhere', async () => {
    const { tarn, ada, path, section } = settings()
    const { user, app, sent } = startApp(tarn, path, ada)

    const field = await screen.findByLabelText('Name of section Doing')
    await user.type(field, ' 2')
    Object.assign(section('Doing'), { name: 'Theirs', version: 2 })
    await app.queryClient.invalidateQueries()
    await screen.findByLabelText('Name of section Theirs')
    await user.tab()

    await user.click(await screen.findByRole('button', { name: 'Keep the other' }))
    expect(field).toHaveValue('Theirs')
    expect(field).toHaveFocus()
    expect(sent('PATCH', /sections/)).toHaveLength(0)
  })

  it('keep a name that is refused, and say why', async () => {
    const { tarn, ada, path } = settings()
    tarn.refuseNext('PATCH', /sections/, new Refused(503, 'unavailable', 'Away.'))
    const { user } = startApp(tarn, path, ada)

    const field = await screen.findByLabelText('Name of section Doing')
    await user.type(field, ' 2{Enter}')

    await waitFor(() => expect(field).toHaveAccessibleDescription(/does not answer/))
    expect(field).toHaveValue('Doing 2')
    await user.keyboard('{Escape}')
    expect(field).toHaveValue('Doing')
    expect(field).toBeValid()
  })

  it('are not deleted while they hold tasks', async () => {
    const { tarn, ada, project, path, section } = settings()
    const sectionId = section('Doing').id
    addTask(tarn, { projectId: project.id, createdBy: ada.id, title: 'Rope', sectionId })
    const { user } = startApp(tarn, path, ada)

    await user.click(await screen.findByRole('button', { name: 'Delete Doing' }))
    await user.click(await screen.findByRole('button', { name: 'Delete section' }))

    await findNotice(/There are tasks in it/)
    expect(screen.getByLabelText('Name of section Doing')).toBeVisible()
  })
})

describe('a name with something in it that cannot be seen', () => {
  const fault = /invisible character in it \(U\+200B\)/

  it.each(['Name of section To do', 'Name of label Urgent', 'Name of section Doing'])(
    'is neither sent nor lost: %s',
    async (label) => {
      const { tarn, ada, project, path } = settings()
      addLabel(tarn, project.id, 'Urgent', 'red')
      const { user, sent } = startApp(tarn, path, ada)
      const field = await screen.findByLabelText(label)

      await user.clear(field)
      await user.type(field, '\u200b{Enter}')
      expect(field).toHaveAccessibleDescription(fault)
      expect(field).toHaveValue('\u200b')
      expect(sent('PATCH', /./)).toEqual([])

      await user.clear(field)
      await user.type(field, 'Visible{Enter}')
      await waitFor(() => expect(sent('PATCH', /./)[0]?.json).toEqual({ name: 'Visible' }))
      await waitFor(() => expect(field).toBeValid())
    },
  )

  it.each(['Add a section', 'Add a label'])('is not added: %s', async (label) => {
    const { tarn, ada, path } = settings()
    const { user, sent } = startApp(tarn, path, ada)
    const field = await screen.findByLabelText(label)

    await user.type(field, 'a\u200bb{Enter}')

    expect(field).toHaveAccessibleDescription(fault)
    expect(field).toHaveValue('a\u200bb')
    expect(sent('POST', /sections|labels/)).toEqual([])
  })
})

describe('labels', () => {
  it('keep what was typed where the name was changed elsewhere, and say by whom', async () => {
    const { tarn, ada, noor, project, path } = settings()
    const label = addLabel(tarn, project.id, 'Water', 'teal')
    const { user } = startApp(tarn, path, ada)

    const field = await screen.findByLabelText('Name of label Water')
    await user.type(field, ' 2')
    const updatedAt = '2025-12-24T08:00:00Z'
    Object.assign(label, { name: 'Theirs', version: 2, updatedAt, updatedBy: noor.id })
    await user.tab()

    const line = /^Noor Haddad changed this label on .*2025.* at .*\. It is now called “Theirs”\.$/
    expect(await screen.findByText(line)).toBeVisible()
    expect(field).toHaveValue('Water 2')
  })

  it.each([
    [
      'when, where only that is known',
      '2025-12-24T08:00:00Z',
      /^Someone changed this label on .*2025/,
    ],
    [
      'neither who nor when, of a change from before that was kept',
      null,
      /^Someone changed this label\./,
    ],
  ])('tell of a change elsewhere %s', async (_, updatedAt, line) => {
    const { tarn, ada, project, path } = settings()
    const label = addLabel(tarn, project.id, 'Water', 'teal')
    const { user } = startApp(tarn, path, ada)

    await user.type(await screen.findByLabelText('Name of label Water'), ' 2')
    Object.assign(label, { name: 'Theirs', version: 2, updatedAt })
    await user.tab()

    expect(await screen.findByText(line)).toBeVisible()
  })

  it('tell of another colour from elsewhere, and by whom', async () => {
    const { tarn, ada, noor, project, path } = settings()
    const label = addLabel(tarn, project.id, 'Water', 'teal')
    const { user } = startApp(tarn, path, ada)

    const choice = await screen.findByLabelText('Colour of Water')
    const updatedAt = new Date().toISOString()
    Object.assign(label, { color: 'pink', version: 2, updatedAt, updatedBy: noor.id })
    await user.selectOptions(choice, 'blue')

    await findNotice(/Noor Haddad changed this label at .*\. It is now pink\./)
    await waitFor(() => expect(choice).toHaveValue('pink'))
    await user.selectOptions(choice, 'blue')
    await waitFor(() => expect(label.color).toBe('blue'))
  })

  it('come back to their tasks when their deletion is undone', async () => {
    const { tarn, ada, project, path } = settings()
    const label = addLabel(tarn, project.id, 'Water', 'teal')
    const mine = { projectId: project.id, createdBy: ada.id }
    const task = addTask(tarn, { ...mine, title: 'Rope', labels: [label.id] })
    const { user } = startApp(tarn, path, ada)

    await user.click(await screen.findByRole('button', { name: 'Delete label Water' }))
    await user.click(await screen.findByRole('button', { name: 'Delete label' }))
    await findNotice(/The label “Water” is deleted/)
    expect(task.labels).toEqual([])
    await user.click(screen.getByRole('button', { name: 'Undo' }))

    expect(await screen.findByLabelText('Name of label Water')).toBeVisible()
    expect(task.labels).toEqual([label.id])
  })

  it('are added, renamed, recoloured and deleted', async () => {
    const { tarn, ada, project, path } = settings()
    const label = addLabel(tarn, project.id, '', 'teal')
    const { user } = startApp(tarn, path, ada)

    const field = await screen.findByLabelText('Name of label unnamed teal')
    await user.type(field, 'x{Escape}')
    expect(field).toHaveValue('')
    await user.type(field, 'Water')
    fireEvent.blur(field)
    await waitFor(() => expect(label.name).toBe('Water'))
    await user.selectOptions(await screen.findByLabelText('Colour of Water'), 'blue')
    await waitFor(() => expect(label.color).toBe('blue'))

    await user.selectOptions(screen.getByLabelText('Colour of the new label'), 'red')
    await user.type(screen.getByLabelText('Add a label'), 'Fire{Enter}')
    expect(await screen.findByLabelText('Name of label Fire')).toBeVisible()
    expect(tarn.labels.map(({ color }) => color)).toEqual(['blue', 'red'])

    const remove = screen.getByRole('button', { name: 'Delete label Water' })
    await user.click(remove)
    await screen.findByText(/taken off all tasks that have it/)
    await user.keyboard('{Escape}')
    await waitFor(() => expect(remove).toHaveFocus())
    expect(tarn.labels).toHaveLength(2)
    await user.click(remove)
    await user.click(await screen.findByRole('button', { name: 'Delete label' }))
    await waitFor(() => expect(tarn.labels).toHaveLength(1))
    await waitFor(() =>
      expect(screen.getByLabelText('Colour of Fire').closest('li')).toContainElement(
        document.activeElement as HTMLElement,
      ),
    )
  })
})

describe('the end of a project', () => {
  it('may be an archive, from which it comes back', async () => {
    const { tarn, ada, project, path } = settings()
    const { user } = startApp(tarn, path, ada)

    await user.click(await screen.findByRole('button', { name: 'Archive project' }))
    await findNotice(/The project is archived/)
    expect(project.archived).toBe(true)
    await user.click(screen.getByRole('button', { name: 'Bring back from the archive' }))

    await waitFor(() => expect(project.archived).toBe(false))
  })

  it('is asked for twice, and can be undone', async () => {
    const { tarn, ada, project, path } = settings()
    const { user, url } = startApp(tarn, path, ada)

    await user.click(await screen.findByRole('button', { name: 'Delete project' }))
    await screen.findByRole('dialog', { name: 'Delete “Mountain hut”?' })
    await screen.findByText(/^This deletes the project with its sections and labels\. /)
    await user.click(
      screen.getAllByRole('button', { name: 'Delete project' }).at(-1) as HTMLElement,
    )

    await findNotice(/“Mountain hut” is deleted/)
    expect(url()).toBe('/projects')
    expect(project.deleted).toBe(true)
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    expect(await screen.findByRole('heading', { name: 'Mountain hut' })).toBeVisible()
  })

  it('tells how much goes along, and for how many', async () => {
    const { tarn, ada, noor, project, path } = settings()
    const mine = { projectId: project.id, createdBy: ada.id }
    project.members.push({ userId: noor.id, role: 'viewer', addedAt: ada.createdAt })
    addTask(tarn, { ...mine, title: 'Rope' })
    for (const name of ['Slate', 'Nails']) addItem(tarn, { ...mine, name })
    for (let number = 1; number <= 31; number++)
      addPost(tarn, { projectId: project.id, authorId: ada.id, body: `Day ${number}` })
    const { user } = startApp(tarn, path, ada)

    await user.click(await screen.findByRole('button', { name: 'Delete project' }))

    const all =
      /^This deletes the project with its 1 task and its comments, 2 items, more than 30 posts, sections and labels, for you and 1 other member\. It waits/
    expect(await screen.findByText(all)).toBeVisible()
  })
})

describe('a project one is taken out of', () => {
  it.each([
    ['tasks', ''],
    ['items', '/items'],
    ['posts', '/posts'],
    ['settings', '/settings'],
    ['trash', '/trash'],
  ])('says so while one looks at its %s', async (_, page) => {
    const { tarn, noor, project } = settings()
    project.members.push({ userId: noor.id, role: 'editor', addedAt: noor.createdAt })
    const { app } = startApp(tarn, `/projects/${project.id}${page}`, noor)
    await screen.findAllByText('Mountain hut')

    project.members.pop()
    await app.queryClient.invalidateQueries()

    expect(
      await screen.findByRole('heading', { name: 'You are no longer a member of this project' }),
    ).toBeVisible()
  })

  it('says so when something in it cannot be changed any more', async () => {
    const { tarn, noor, project } = settings()
    project.members.push({ userId: noor.id, role: 'editor', addedAt: noor.createdAt })
    addTask(tarn, { projectId: project.id, createdBy: noor.id, title: 'Rope' })
    const { user } = startApp(tarn, `/projects/${project.id}`, noor)
    const tick = await screen.findByRole('checkbox', { name: /Rope/ })

    project.members.pop()
    await user.click(tick)

    expect(await screen.findByText('You are no longer a member of this project')).toBeVisible()
    await waitFor(() => expect(screen.queryByRole('link', { name: /Mountain hut/ })).toBeNull())
  })
})

describe('for who may only look', () => {
  it('everything is shown and nothing offered', async () => {
    const { tarn, ada, project, noor, path } = settings()
    project.members.push({ userId: noor.id, role: 'viewer', addedAt: ada.createdAt })
    addLabel(tarn, project.id, 'Water', 'blue')
    startApp(tarn, path, noor)

    expect(await screen.findByLabelText('Name')).toHaveAttribute('readonly')
    expect(await screen.findByLabelText('Name of label Water')).toBeDisabled()
    expect(await screen.findByText('Owner')).toBeVisible()
    for (const name of [/^Add/, /^Delete/, /^Remove/, /^Save/])
      expect(screen.queryByRole('button', { name })).toBeNull()
  })
})

describe('an invitation by link', () => {
  it('is created, shown once, listed and revoked', async () => {
    const { tarn, ada, path } = settings()
    const { user } = startApp(tarn, path, ada)

    await user.click(await screen.findByRole('button', { name: 'Invite by link' }))
    await user.selectOptions(screen.getByLabelText('Role', { exact: true }), 'viewer')
    await user.selectOptions(screen.getByLabelText('For'), '5 people')
    await user.click(screen.getByRole('button', { name: 'Create link' }))

    const [invitation] = tarn.invitations
    expect(await screen.findByLabelText('The link')).toHaveValue(
      `${location.origin}/invitation#${invitation?.secret}`,
    )
    expect(invitation).toMatchObject({ role: 'viewer', maxUses: 5 })

    await user.click(screen.getByRole('button', { name: 'I have copied it' }))
    expect(await screen.findByText(/used 0 of 5/)).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Revoke invitation' }))
    await user.click(await screen.findByRole('button', { name: 'Revoke' }))
    await waitFor(() => expect(screen.queryByText(/used 0 of 5/)).toBeNull())
    expect(invitation?.revokedAt).not.toBeNull()
  })
})
