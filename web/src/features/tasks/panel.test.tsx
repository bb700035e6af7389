import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { invalid, Refused } from '@/testing/fake-call'
import { addLabel } from '@/testing/fake-projects'
import { addTask } from '@/testing/fake-tasks'
import { addUser } from '@/testing/fake-users'
import { findNotice, heldBack, password, startApp, tarnWithProject } from '@/testing/start-app'

function openTask(more: Partial<Parameters<typeof addTask>[1]> = {}) {
  const all = tarnWithProject()
  const { tarn, ada, project, section } = all
  const task = addTask(tarn, {
    projectId: project.id,
    createdBy: ada.id,
    title: 'Mend the roof',
    sectionId: section('To do').id,
    ...more,
  })
  const path = `/projects/${project.id}?task=${task.id}`
  return { ...all, task, path }
}

const panel = () => screen.findByRole('dialog', { name: 'Mend the roof' })
const title = async () => (await panel()) && screen.getByLabelText('Title')
const save = () => screen.getByRole('button', { name: 'Save' })

describe('the open task', () => {
  it('sends only what was touched, with the version it was based on', async () => {
    const { tarn, ada, task, path, section } = openTask()
    const { user, sent } = startApp(tarn, path, ada)

    await user.type(await title(), ' soon')
    await user.selectOptions(screen.getByLabelText('Priority'), 'High')
    await user.selectOptions(screen.getByLabelText('Section'), 'Doing')
    fireEvent.change(screen.getByLabelText('Due'), { target: { value: '2026-12-24' } })
    fireEvent.change(screen.getByLabelText('Due at'), { target: { value: '18:30' } })
    await user.click(save())

    await waitFor(() => expect(sent('PATCH', /tasks/)).toHaveLength(1))
    const [patch] = sent('PATCH', /tasks/)
    expect(patch?.headers).toMatchObject({
      'if-match': '"1"',
      'content-type': 'application/merge-patch+json',
    })
    expect(patch?.json).toEqual({
      title: 'Mend the roof soon',
      priority: 'high',
      sectionId: section('Doing').id,
      due: '2026-12-24T18:30:00Z',
    })
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Save' })).toBeNull())
    expect(task.priority).toBe('high')
  })

  it('keeps what is typed while it is saved, and is saved once', async () => {
    const { tarn, ada, task, path } = openTask()
    const { user, sent } = startApp(tarn, path, ada)
    const release = heldBack(/roof soon"/)

    await user.type(await title(), ' soon{Control>}{Enter}{/Control}, and well')
    fireEvent.keyDown(await title(), { key: 'Enter', ctrlKey: true, repeat: true })
    fireEvent.keyDown(await title(), { key: 'Enter', ctrlKey: true })
    await user.selectOptions(screen.getByLabelText('Priority'), 'High')
    release()

    await waitFor(() => expect(task.title).toBe('Mend the roof soon'))
    await waitFor(() => expect(save()).toBeEnabled())
    expect(screen.getByLabelText('Title')).toHaveValue('Mend the roof soon, and well')
    expect(screen.getByLabelText('Priority')).toHaveValue('high')

    await user.click(save())
    await waitFor(() => expect(task.title).toBe('Mend the roof soon, and well'))
    expect(sent('PATCH', /tasks/)).toHaveLength(2)
    expect(task.priority).toBe('high')
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Save' })).toBeNull())
  })

  it('calls nobody a former member before the names are there', async () => {
    const { tarn, ada, path } = openTask()
    tarn.tasks[0]?.assignees.push(ada.id)
    startApp(tarn, path, ada)
    const release = heldBack(/users\?/)
    await panel()

    expect(await screen.findByText(/^Added by/)).toHaveTextContent('Added by … on')
    expect(screen.getByRole('button', { name: /^Assignees/ })).toHaveAccessibleName('Assignees …')
    release()
    await waitFor(() =>
      expect(screen.getByText(/^Added by/)).toHaveTextContent('Added by Ada Brandt on'),
    )
    expect(screen.getByRole('button', { name: /^Assignees/ })).toHaveTextContent('Ada Brandt')
  })

  it('says of an imported task that it was done, but not when', async () => {
    const { tarn, ada, path, task } = openTask()
    Object.assign(task, { status: 'done', completedAt: null })
    startApp(tarn, path, ada)

    expect(await screen.findByText(/^Added by/)).toHaveTextContent('completed at an unknown time')
  })

  it('says that names are unknown when they cannot be read', async () => {
    const { tarn, ada, path } = openTask()
    for (let times = 0; times < 5; times++)
      tarn.refuseNext('GET', /users$/, new Refused(503, 'unavailable', 'Away.'))
    startApp(tarn, path, ada)

    await waitFor(() =>
      expect(screen.getByText(/^Added by/)).toHaveTextContent('Added by Unknown on'),
    )
  })

  it.each(['list', 'board'])(
    'gives the focus back to its link in the %s once it is saved',
    async (view) => {
      const { tarn, ada, task, project, section } = openTask()
      const sectionId = section('To do').id
      addTask(tarn, { projectId: project.id, createdBy: ada.id, title: 'Air the hut', sectionId })
      tarn.tasks.reverse()
      const { user } = startApp(tarn, `/projects/${project.id}?view=${view}`, ada)
      await user.click(await screen.findByRole('link', { name: 'Mend the roof' }))

      await user.type(await title(), ' soon')
      await user.click(save())
      await waitFor(() => expect(screen.queryByRole('button', { name: /^Sav/ })).toBeNull())
      await user.keyboard('{Escape}')

      await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
      await waitFor(() =>
        expect(screen.getByRole('link', { name: 'Mend the roof soon' })).toHaveFocus(),
      )
      expect(task.title).toBe('Mend the roof soon')
    },
  )

  it('asks for what was typed since, while it is being saved', async () => {
    const { tarn, ada, path } = openTask()
    const { user } = startApp(tarn, path, ada)
    const release = heldBack(/roof soon"/)

    await user.type(await title(), ' soon{Control>}{Enter}{/Control}, too')
    await screen.findByRole('button', { name: 'Saving…' })
    await user.keyboard('{Escape}')

    expect(await screen.findByRole('dialog', { name: 'Discard your changes?' })).toBeVisible()
    release()
  })

  it('keeps what could not be saved after it was closed', async () => {
    const { tarn, ada, path } = openTask()
    const { user } = startApp(tarn, path, ada)
    const release = heldBack(/roof soon"/)
    tarn.refuseNext('PATCH', /tasks/, new Refused(503, 'unavailable', 'Away.'))

    await user.type(await title(), ' soon{Control>}{Enter}{/Control}')
    await screen.findByRole('button', { name: 'Saving…' })
    await user.keyboard('{Escape}')
    await waitFor(() => expect(screen.queryByLabelText('Title')).toBeNull())
    release()

    await findNotice(/“Mend the roof” is not saved, but what you typed is kept in it/)
    await user.click(screen.getByRole('link', { name: 'Mend the roof' }))
    await waitFor(() => expect(screen.getByLabelText('Title')).toHaveValue('Mend the roof soon'))
    await user.click(screen.getByRole('button', { name: 'Discard' }))
  })

  it('is closed without a question while it is being saved', async () => {
    const { tarn, ada, task, path } = openTask()
    const { user } = startApp(tarn, path, ada)
    const release = heldBack(/roof soon"/)

    await user.type(await title(), ' soon{Control>}{Enter}{/Control}')
    await screen.findByRole('button', { name: 'Saving…' })
    await user.keyboard('{Escape}')

    await waitFor(() => expect(screen.queryByLabelText('Title')).toBeNull())
    expect(screen.queryByRole('dialog')).toBeNull()
    release()
    await waitFor(() => expect(task.title).toBe('Mend the roof soon'))
    expect(await screen.findByRole('link', { name: 'Mend the roof soon' })).toBeVisible()
  })

  it('is saved by the keyboard, too', async () => {
    const { tarn, ada, task, path } = openTask()
    const { user } = startApp(tarn, path, ada)

    await user.type(await title(), '!{Control>}{Enter}{/Control}')

    await waitFor(() => expect(task.title).toBe('Mend the roof!'))
  })

  it('picks labels and people', async () => {
    const { tarn, ada, project, task, path } = openTask()
    const label = addLabel(tarn, project.id, 'Safety', 'red')
    const { user } = startApp(tarn, path, ada)
    await panel()

    await user.click(await screen.findByRole('button', { name: /^Labels/ }))
    await user.click(await screen.findByRole('checkbox', { name: 'Safety' }))
    await user.keyboard('{Escape}')
    await user.click(await screen.findByRole('button', { name: /^Assignees/ }))
    await user.click(await screen.findByRole('checkbox', { name: 'Ada Brandt' }))
    await user.keyboard('{Escape}')
    await user.click(save())

    await waitFor(() => expect(task.labels).toEqual([label.id]))
    expect(task.assignees).toEqual([ada.id])
  })

  it('takes a date without a time', async () => {
    const { tarn, ada, task, path } = openTask({ due: '2026-12-24T12:00:00Z' })
    const { user } = startApp(tarn, path, ada)
    await panel()

    fireEvent.change(screen.getByLabelText('Starts'), { target: { value: '2026-12-24' } })
    fireEvent.change(screen.getByLabelText('Due at'), { target: { value: '' } })
    await user.click(save())

    await waitFor(() => expect(task.due).toBe('2026-12-24'))
    expect(task.start).toBe('2026-12-24')
  })

  it('takes dates away again', async () => {
    const { tarn, ada, task, path } = openTask({ due: '2026-12-24T12:00:00Z' })
    const { user } = startApp(tarn, path, ada)
    await panel()

    fireEvent.change(screen.getByLabelText('Due'), { target: { value: '' } })
    await user.click(save())

    await waitFor(() => expect(task.due).toBeNull())
  })

  it('refuses by itself what cannot be', async () => {
    const { tarn, ada, path } = openTask()
    const { user, sent } = startApp(tarn, path, ada)

    await user.clear(await title())
    fireEvent.change(screen.getByLabelText('Starts'), { target: { value: '2026-12-24' } })
    fireEvent.change(screen.getByLabelText('Due'), { target: { value: '2026-12-01' } })
    await user.click(save())

    expect(await screen.findByText('A task needs a title.')).toBeVisible()
    fireEvent.change(screen.getByLabelText('Title'), { target: { value: 'Roof' } })
    await user.click(save())
    expect(await screen.findByText('It would be due before it starts.')).toBeVisible()
    expect(screen.getByLabelText('Due')).toBeInvalid()
    expect(sent('PATCH', /tasks/)).toEqual([])
  })

  it('shows what the server refuses at the field, and the rest above', async () => {
    const { tarn, ada, path } = openTask()
    const refusal = invalid('/due', 'Nobody works on that day.')
    refusal.problem.errors?.push({ pointer: '/moon', code: 'invalid', detail: 'Wrong moon.' })
    tarn.refuseNext('PATCH', /tasks/, refusal)
    const { user } = startApp(tarn, path, ada)

    await user.type(await title(), '!')
    await user.click(save())

    expect(await screen.findByText('Nobody works on that day.')).toBeVisible()
    expect(screen.getByRole('alert')).toHaveTextContent('Wrong moon.')
  })

  it('previews Markdown without the HTML in it, and pictures as links', async () => {
    const { tarn, ada, path } = openTask({
      description: '**Cold** <img src=x onerror=alert(1)> ![view](https://host.example/a.png)',
    })
    const { user } = startApp(tarn, path, ada)
    const description = within(await screen.findByRole('region', { name: 'Description' }))

    expect(await description.findByText('Cold')).toHaveProperty('tagName', 'STRONG')
    expect(description.queryByRole('img')).toBeNull()
    expect(description.getByRole('link', { name: 'view' })).toHaveAttribute(
      'rel',
      'noreferrer noopener',
    )

    await user.click(description.getByRole('button', { name: 'Write' }))
    await user.click(description.getByRole('textbox'))
    await user.paste(' [more](https://host.example)')
    await user.click(description.getByRole('button', { name: 'Preview' }))
    expect(await description.findByRole('link', { name: 'more' })).toBeVisible()
  })

  it('asks before unsaved changes are lost', async () => {
    const { tarn, ada, path } = openTask()
    const { user, url } = startApp(tarn, path, ada)

    await user.type(await title(), '!')
    await user.click(screen.getByRole('button', { name: 'Close' }))
    const question = await screen.findByRole('dialog', { name: 'Discard your changes?' })
    await user.click(within(question).getByRole('button', { name: 'Cancel' }))
    await waitFor(() => expect(question).not.toBeInTheDocument())
    expect(url()).toBe(path)
    expect(screen.getByLabelText('Title')).toHaveValue('Mend the roof!')

    await user.click(screen.getByRole('button', { name: 'Close' }))
    await user.click(
      within(await screen.findByRole('dialog', { name: 'Discard your changes?' })).getByRole(
        'button',
        { name: 'Discard' },
      ),
    )
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(url()).not.toContain('task=')
  })

  it('throws changes away when asked', async () => {
    const { tarn, ada, path } = openTask()
    const { user } = startApp(tarn, path, ada)

    await user.type(await title(), '!')
    await user.click(screen.getByRole('button', { name: 'Discard' }))

    expect(screen.getByLabelText('Title')).toHaveValue('Mend the roof')
  })

  it('is gone when someone deleted it', async () => {
    const { tarn, ada, project } = openTask()
    startApp(tarn, `/projects/${project.id}?task=nothing`, ada)

    expect(await screen.findByText('This task is gone')).toBeVisible()
  })

  it('is only to be read for a viewer', async () => {
    const { tarn, ada, project, path } = openTask({ description: 'Words' })
    const noor = addUser(tarn, { name: 'Noor', email: 'noor@example.org', password })
    project.members.push({ userId: noor.id, role: 'viewer', addedAt: ada.createdAt })
    startApp(tarn, path, noor)

    expect(await title()).toHaveAttribute('readonly')
    expect(screen.getByLabelText('Priority')).toBeDisabled()
    expect(await screen.findByText('Words')).toBeVisible()
  })
})

describe('a change that crossed another', () => {
  async function crossed(by: 'noor' | 'ada' = 'noor') {
    const all = openTask()
    const { tarn, ada, project, task, path } = all
    const app = startApp(tarn, path, ada)
    await app.user.type(await title(), ' today')
    const noor = addUser(tarn, { name: 'Noor', email: 'noor@example.org', password })
    project.members.push({ userId: noor.id, role: 'editor', addedAt: ada.createdAt })
    const theirs = {
      updatedBy: by === 'noor' ? noor.id : ada.id,
      updatedAt: '2026-01-02T14:03:00Z',
    }
    Object.assign(task, { title: 'Sell the hut', priority: 'urgent', version: 2, ...theirs })
    await app.user.click(save())
    const notice = within(await screen.findByRole('alert', { name: 'Changed meanwhile' }))
    return { ...all, ...app, notice }
  }

  it('shows theirs and loses nothing', async () => {
    const { notice, task } = await crossed()

    expect(notice.getByText('Sell the hut')).toBeVisible()
    expect(notice.getByText('Urgent')).toBeVisible()
    expect(screen.getByLabelText('Title')).toHaveValue('Mend the roof today')
    expect(task.title).toBe('Sell the hut')
  })

  it('says who made it, and when', async () => {
    const { notice } = await crossed()

    expect(await notice.findByText(/^Noor changed this task on .*2026 at \d+:03/)).toBeVisible()
  })

  it('says that it was oneself, in another window', async () => {
    const { notice } = await crossed('ada')

    expect(notice.getByText(/^You changed this task on .*, in another window/)).toBeVisible()
  })

  it('can be given up for theirs', async () => {
    const { notice, user, sent } = await crossed()

    await user.click(notice.getByRole('button', { name: 'Keep theirs' }))

    await waitFor(() => expect(screen.getByLabelText('Title')).toHaveValue('Sell the hut'))
    expect(screen.queryByRole('alert', { name: 'Changed meanwhile' })).toBeNull()
    expect(sent('PATCH', /tasks/)).toHaveLength(1)
  })

  it('can overwrite theirs, where both touched the same', async () => {
    const { notice, user, task, sent } = await crossed()

    await user.click(notice.getByRole('button', { name: 'Overwrite with mine' }))

    await waitFor(() => expect(task.title).toBe('Mend the roof today'))
    expect(task.priority).toBe('urgent')
    expect(sent('PATCH', /tasks/)[1]?.headers['if-match']).toBe('"2"')
  })
})

describe('a change of other fields', () => {
  it('is no conflict, whoever made it', async () => {
    const { tarn, ada, task, path } = openTask()
    const { user, sent } = startApp(tarn, path, ada)

    await user.type(await title(), ' today')
    await user.click(within(await panel()).getByRole('checkbox', { name: /done/ }))
    await waitFor(() => expect(task.status).toBe('done'))
    Object.assign(task, { priority: 'urgent', version: task.version + 1 })
    await user.click(save())

    await waitFor(() => expect(task.title).toBe('Mend the roof today'))
    expect(task).toMatchObject({ status: 'done', priority: 'urgent' })
    expect(sent('PATCH', /tasks/).at(-1)?.json).toEqual({ title: 'Mend the roof today' })
    await waitFor(() => expect(screen.getByLabelText('Priority')).toHaveValue('urgent'))
    expect(screen.queryByRole('alert', { name: 'Changed meanwhile' })).toBeNull()
  })
})

describe('sub-tasks', () => {
  it('are added, ticked, counted and deleted', async () => {
    const { tarn, ada, task, path } = openTask()
    const { user } = startApp(tarn, path, ada)
    await panel()

    await user.type(await screen.findByLabelText('Add a sub-task'), 'Measure{Enter}')
    const box = await screen.findByRole('checkbox', { name: 'Measure, done' })
    await user.click(box)
    await waitFor(() =>
      expect(screen.getByRole('region', { name: 'Sub-tasks' })).toHaveTextContent('1/1'),
    )
    await screen.findByText('Sub-tasks done:')
    expect(tarn.tasks.find(({ title: name }) => name === 'Measure')?.parentId).toBe(task.id)

    await user.click(screen.getByRole('button', { name: 'Delete Measure' }))
    await findNotice(/“Measure” is in the trash/)
    expect(screen.queryByRole('checkbox', { name: 'Measure, done' })).toBeNull()
  })

  it('know what they are part of', async () => {
    const { tarn, ada, project, task } = openTask()
    const child = addTask(tarn, {
      projectId: project.id,
      createdBy: ada.id,
      parentId: task.id,
      title: 'Measure',
    })
    const { user, url } = startApp(tarn, `/projects/${project.id}?task=${child.id}`, ada)

    await user.click(await screen.findByRole('button', { name: 'Mend the roof' }))

    await waitFor(() => expect(url()).toContain(`task=${task.id}`))
  })
})

describe('the menu of the open task', () => {
  async function choose(name: string, more: Parameters<typeof openTask>[0] = {}) {
    const all = openTask(more)
    const app = startApp(all.tarn, all.path, all.ada)
    await panel()
    await app.user.click(screen.getByRole('button', { name: 'More about this task' }))
    await app.user.click(await screen.findByRole('menuitem', { name }))
    return { ...all, ...app }
  }

  it('deletes, with a way back', async () => {
    const { user, task, url } = await choose('Delete')

    await findNotice(/“Mend the roof” is in the trash/)
    expect(url()).not.toContain('task=')
    expect(screen.queryByRole('link', { name: 'Mend the roof' })).toBeNull()
    expect(task.deletedAt).not.toBeNull()

    await user.click(screen.getByRole('button', { name: 'Undo' }))
    expect(await screen.findByRole('link', { name: 'Mend the roof' })).toBeVisible()
    expect(task.deletedAt).toBeNull()
  })

  it('archives, with a way back', async () => {
    const { user, task } = await choose('Archive')

    await findNotice(/“Mend the roof” archived/)
    expect(task.archived).toBe(true)
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(task.archived).toBe(false))
  })

  it('copies the link', async () => {
    await choose('Copy link')

    await findNotice(/The link is copied/)
    expect(await navigator.clipboard.readText()).toMatch(
      new RegExp(`^${location.origin}/projects/.+\\?task=`),
    )
  })

  it('offers no link to copy where the browser has no clipboard', async () => {
    const { tarn, ada, path } = openTask()
    const { user } = startApp(tarn, path, ada)
    Reflect.deleteProperty(navigator, 'clipboard')

    await user.click(await screen.findByRole('button', { name: 'More about this task' }))

    expect(await screen.findByRole('menuitem', { name: 'Delete' })).toBeVisible()
    expect(screen.queryByRole('menuitem', { name: 'Copy link' })).toBeNull()
  })

  it('keeps what was typed into a task that was moved to the trash elsewhere', async () => {
    const { tarn, ada, task, path } = openTask()
    const { user } = startApp(tarn, path, ada)
    await user.type(await title(), ' soon')
    Object.assign(task, { deletedAt: '2026-01-01T00:00:00Z', version: 2 })

    await user.click(save())

    expect(await screen.findByText('This task is in the trash.')).toBeVisible()
    expect(screen.getByText('Not saved: restore the task first')).toBeVisible()
    expect(screen.queryByText(/no such task|nothing here/)).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Restore' }))
    await waitFor(() => expect(screen.queryByText('This task is in the trash.')).toBeNull())
    expect(screen.getByLabelText('Title')).toHaveValue('Mend the roof soon')
    await user.click(save())
    await waitFor(() => expect(task.title).toBe('Mend the roof soon'))
    expect(await screen.findByRole('link', { name: 'Mend the roof soon' })).toBeVisible()
  })

  it.each([
    [
      'ticked',
      async () => within(await panel()).getByRole('checkbox', { name: 'Mend the roof, done' }),
    ],
    ['archived', () => screen.findByRole('menuitem', { name: 'Archive' })],
  ])('says that a task is in the trash when it is %s', async (how, control) => {
    const { tarn, ada, task, path } = openTask()
    const { user } = startApp(tarn, path, ada)
    await title()
    task.deletedAt = '2026-01-01T00:00:00Z'

    if (how === 'archived')
      await user.click(screen.getByRole('button', { name: 'More about this task' }))
    await user.click(await control())

    await findNotice(/“Mend the roof” is in the trash\./)
    expect(await screen.findByText('This task is in the trash.')).toBeVisible()
    await user.click(within(await panel()).getByRole('button', { name: 'Restore' }))
    await waitFor(() => expect(task.deletedAt).toBeNull())
  })

  it('gives back a task that lies in the trash, however many lie there', async () => {
    const { tarn, ada, project, task, path } = openTask({ deletedAt: '2026-01-01T00:00:00Z' })
    for (let index = 1; index <= 101; index++)
      addTask(tarn, {
        projectId: project.id,
        createdBy: ada.id,
        title: `Slate ${index}`,
        deletedAt: '2026-01-02T00:00:00Z',
      })
    const { user } = startApp(tarn, path, ada)

    expect(await title()).toHaveValue('Mend the roof')
    await user.click(await screen.findByRole('button', { name: 'Restore' }))

    await waitFor(() => expect(task.deletedAt).toBeNull())
    await waitFor(() => expect(screen.queryByText('This task is in the trash.')).toBeNull())
  })
})
