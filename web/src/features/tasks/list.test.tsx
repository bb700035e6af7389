import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { tasksQuery } from '@/api/tasks'
import { invalid, Refused } from '@/testing/fake-call'
import { addLabel, addProject } from '@/testing/fake-projects'
import { addTask } from '@/testing/fake-tasks'
import { addUser } from '@/testing/fake-users'
import { findNotice, heldBack, password, startApp, tarnWithProject } from '@/testing/start-app'

function hut() {
  const all = tarnWithProject()
  const { tarn, ada, project } = all
  const add = (title: string, more: Partial<Parameters<typeof addTask>[1]> = {}) =>
    addTask(tarn, { projectId: project.id, createdBy: ada.id, title, ...more })
  return { ...all, add, path: `/projects/${project.id}` }
}

const titles = () =>
  within(screen.getByRole('main'))
    .queryAllByRole('listitem')
    .map((row) => within(row).queryByRole('link')?.textContent)
    .filter(Boolean)

describe('the list', () => {
  it('is read to its end, also when what is known of it is read again first', async () => {
    const { tarn, ada, project } = tarnWithProject()
    for (let index = 1; index <= 101; index++)
      addTask(tarn, { projectId: project.id, createdBy: ada.id, title: `Slate ${index}` })
    const { app, sent } = startApp(tarn, `/projects/${project.id}`, ada)
    await waitFor(() => expect(sent('GET', /tasks\?.*cursor/)).toHaveLength(1))
    await screen.findByRole('link', { name: 'Slate 1' })

    const filter = { project: project.id, topLevel: true, sort: 'position', archived: false }
    const { queryKey } = tasksQuery(filter)
    const held = app.queryClient.getQueryData(queryKey)
    expect(held?.pages).toHaveLength(2)
    app.queryClient.setQueryData(queryKey, {
      pages: held?.pages.slice(0, 1) ?? [],
      pageParams: [null],
    })
    void app.queryClient.invalidateQueries({ queryKey })

    await waitFor(() => expect(app.queryClient.getQueryData(queryKey)?.pages).toHaveLength(1))
    await waitFor(() => expect(app.queryClient.getQueryData(queryKey)?.pages).toHaveLength(2))
  })

  it('groups tasks by section, with those of no section first', async () => {
    const { tarn, ada, add, path, section } = hut()
    add('Sweep the chimney', { sectionId: section('Doing').id })
    add('Buy rope', { sectionId: section('To do').id })
    add('Homeless')
    startApp(tarn, path, ada)

    await waitFor(() => expect(titles()).toEqual(['Homeless', 'Buy rope', 'Sweep the chimney']))
    const headings = screen.getAllByRole('heading', { level: 2 }).map((one) => one.textContent)
    expect(headings).toEqual(expect.arrayContaining(['No section1', 'To do1', 'Doing1']))
  })

  it('hides archived tasks and those in archived sections', async () => {
    const { tarn, ada, add, path, section } = hut()
    section('Done').archived = true
    add('Seen', { sectionId: section('To do').id })
    add('Put away', { sectionId: section('To do').id, archived: true })
    add('In an old section', { sectionId: section('Done').id })
    const { user, url } = startApp(tarn, path, ada)
    await waitFor(() => expect(titles()).toEqual(['Seen']))

    await user.selectOptions(screen.getByLabelText('Status'), 'Archived')

    await waitFor(() => expect(titles()).toEqual(['Put away']))
    expect(url()).toBe(`${path}?status=archived`)
  })

  it('hides tasks in archived sections however it is sorted', async () => {
    const { tarn, ada, add, path, section } = hut()
    section('Done').archived = true
    add('A task in an old section', { sectionId: section('Done').id })
    add('Seen', { sectionId: section('To do').id })
    startApp(tarn, `${path}?sort=title`, ada)

    await waitFor(() => expect(titles()).toEqual(['Seen']))
  })

  it('keeps its filters behind a button that counts them, for phones', async () => {
    const { tarn, ada, path } = hut()
    const { user } = startApp(tarn, `${path}?status=done&assignee=${ada.id}&sort=title`, ada)
    const button = await screen.findByRole('button', { name: 'Filters 2 in use' })
    expect(button).toHaveAttribute('aria-expanded', 'false')

    await user.click(button)

    expect(button).toHaveAttribute('aria-expanded', 'true')
    const filters = document.getElementById(button.getAttribute('aria-controls') ?? '')
    expect(filters).toContainElement(screen.getByLabelText('Status'))
    await user.click(screen.getByRole('button', { name: 'Clear' }))
    expect(button).toHaveAccessibleName('Filters')
  })

  it('reads filters from the URL, writes them there, and clears them', async () => {
    const { tarn, ada, project, add, path } = hut()
    const label = addLabel(tarn, project.id, 'Roof', 'orange')
    add('Slate', { labels: [label.id] })
    add('Slate, done', { labels: [label.id], status: 'done' })
    add('Rope')
    const { user, url, sent } = startApp(tarn, `${path}?status=open&label=${label.id}`, ada)
    await waitFor(() => expect(titles()).toEqual(['Slate']))
    expect(screen.getByLabelText('Status')).toHaveDisplayValue('Open')

    await user.selectOptions(screen.getByLabelText('Label'), 'Any label')
    await waitFor(() => expect(titles()).toEqual(['Slate', 'Rope']))
    expect(url()).toBe(`${path}?status=open`)

    await user.keyboard('{Escape}')
    await user.click(screen.getByLabelText('Search tasks'))
    await user.paste('rope')
    await waitFor(() => expect(url()).toBe(`${path}?status=open&text=rope`))
    await waitFor(() => expect(titles()).toEqual(['Rope']))
    expect(sent('GET', /text=rope/)).not.toEqual([])

    await user.click(screen.getByRole('button', { name: 'Clear' }))
    await waitFor(() => expect(url()).toBe(path))
    expect(screen.getByLabelText('Search tasks')).toHaveValue('')
  })

  it('says that nothing matches', async () => {
    const { tarn, ada, add, path } = hut()
    add('Rope')
    startApp(tarn, `${path}?text=helicopter`, ada)

    expect(await screen.findByText('No task matches')).toBeVisible()
  })

  it('sorts flat by what one chooses, and names the section beside', async () => {
    const { tarn, ada, add, path, section } = hut()
    add('Pear', { sectionId: section('Doing').id })
    add('Apple', { sectionId: section('To do').id })
    const { user, url } = startApp(tarn, path, ada)
    await waitFor(() => expect(titles()).toEqual(['Apple', 'Pear']))

    await user.selectOptions(screen.getByLabelText('Sort by'), 'Newest first')

    await waitFor(() => expect(url()).toBe(`${path}?sort=-createdAt`))
    await waitFor(() => expect(titles()).toEqual(['Apple', 'Pear']))
    expect(screen.getByText('Doing', { selector: 'span' })).toBeVisible()
  })

  it('shows what is due, assigned, labelled and urgent', async () => {
    const { tarn, ada, project, add, path } = hut()
    const label = addLabel(tarn, project.id, '', 'teal')
    add('Repair the intake', {
      due: '2020-01-01T12:00:00Z',
      priority: 'urgent',
      assignees: [ada.id, tarn.nextId()],
      labels: [label.id],
      description: 'Cold.',
    })
    startApp(tarn, path, ada)

    const row = (await screen.findByRole('link', { name: 'Repair the intake' })).closest('li')
    expect(row).toHaveTextContent(/Overdue since.*2020/)
    expect(row).toHaveTextContent('teal')
    await waitFor(() => expect(row).toHaveTextContent(/AB/))
    const signs = within(row as HTMLElement).getAllByRole('img')
    const names = signs.map((sign) => sign.getAttribute('aria-label'))
    expect(names).toContain('Urgent priority')
    expect(names).toContain('Has a description')
    expect(names).toContain('Former member')
  })

  it('shows a name nobody can see as untitled', async () => {
    const { tarn, ada, add, path } = hut()
    add('\u3164')
    startApp(tarn, path, ada)

    expect(await screen.findByRole('link', { name: 'Untitled' })).toBeVisible()
  })

  it('draws a few of thousands of rows, and reads only so many at once', async () => {
    const { tarn, ada, add, path } = hut()
    for (let index = 0; index < 1500; index++) add(`Task ${index}`)
    const { sent } = startApp(tarn, path, ada)

    await waitFor(() => expect(sent('GET', /cursor=900/)).toHaveLength(1))
    await screen.findByText('1,000+')
    expect(sent('GET', /cursor=1000/)).toEqual([])
    expect(titles().length).toBeLessThan(80)
  })

  it('tells a viewer no lies: nothing can be changed', async () => {
    const { tarn, ada, project, add, path } = hut()
    add('Rope')
    const noor = addUser(tarn, { name: 'Noor', email: 'noor@example.org', password })
    project.members.push({ userId: noor.id, role: 'viewer', addedAt: ada.createdAt })
    startApp(tarn, path, noor)

    expect(await screen.findByRole('checkbox', { name: 'Rope, done' })).toBeDisabled()
    expect(screen.queryByLabelText('Add a task')).toBeNull()
  })

  it('does not know a project of others', async () => {
    const { tarn, path } = hut()
    const noor = addUser(tarn, { name: 'Noor', email: 'noor@example.org', password })
    startApp(tarn, path, noor)

    expect(await screen.findByText('This project cannot be found')).toBeVisible()
  })

  it('says when tasks cannot be read, and tries again', async () => {
    const { tarn, ada, add, path } = hut()
    add('Rope')
    tarn.refuseNext('GET', /^\/api\/tasks$/, 'offline')
    const { user } = startApp(tarn, path, ada)

    await user.click(await screen.findByRole('button', { name: 'Try again' }))

    await waitFor(() => expect(titles()).toEqual(['Rope']))
  })
})

describe('adding tasks in a line', () => {
  it('adds by Enter and keeps the focus for the next', async () => {
    const { tarn, ada, path, section } = hut()
    const { user, sent } = startApp(tarn, path, ada)
    await screen.findByText('Nothing to do yet')

    await user.keyboard('n')
    await user.keyboard('Rope{Enter}Ladder{Enter}')

    await waitFor(() => expect(titles()).toEqual(['Rope', 'Ladder']))
    expect(screen.getByLabelText('Add a task')).toHaveFocus()
    expect(sent('POST', /tasks/)[0]?.json).toMatchObject({ sectionId: section('To do').id })
  })

  it('puts them into the section one chooses', async () => {
    const { tarn, ada, path, section } = hut()
    const { user, sent } = startApp(tarn, path, ada)

    await user.selectOptions(await screen.findByLabelText('Section of new tasks'), 'Doing')
    await user.type(screen.getByLabelText('Add a task'), 'Rope{Enter}')

    await waitFor(() => expect(sent('POST', /tasks/)).toHaveLength(1))
    expect(sent('POST', /tasks/)[0]?.json).toMatchObject({ sectionId: section('Doing').id })
  })

  it('brings back what the server refused, and says why', async () => {
    const { tarn, ada, path } = hut()
    tarn.refuseNext('POST', /tasks/, invalid('/title', 'Not this word.'))
    const { user } = startApp(tarn, path, ada)

    await user.type(await screen.findByLabelText('Add a task'), 'Rope{Enter}')

    expect(await screen.findByText('Not this word.')).toBeVisible()
    expect(screen.getByLabelText('Add a task')).toHaveValue('Rope')
  })

  it('forgets an empty line, and what Escape threw away', async () => {
    const { tarn, ada, path } = hut()
    const { user, sent } = startApp(tarn, path, ada)

    await user.type(await screen.findByLabelText('Add a task'), '  {Enter}Rope{Escape}')

    expect(screen.getByLabelText('Add a task')).toHaveValue('')
    expect(sent('POST', /tasks/)).toEqual([])
  })
})

describe('completing', () => {
  it('ticks at once, and can be undone', async () => {
    const { tarn, ada, add, path } = hut()
    const rope = add('Rope')
    const { user } = startApp(tarn, path, ada)

    await user.click(await screen.findByRole('checkbox', { name: 'Rope, done' }))
    expect(screen.getByRole('checkbox', { name: 'Rope, done' })).toBeChecked()
    await findNotice(/“Rope” completed/)
    expect(rope.status).toBe('done')

    await user.click(screen.getByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(rope.status).toBe('open'))
    await waitFor(() =>
      expect(screen.getByRole('checkbox', { name: 'Rope, done' })).not.toBeChecked(),
    )
  })

  it('offers to restore a task that was moved to the trash elsewhere', async () => {
    const { tarn, ada, add, path } = hut()
    const rope = add('Rope')
    const { user } = startApp(tarn, path, ada)

    const box = await screen.findByRole('checkbox', { name: 'Rope, done' })
    rope.deletedAt = '2026-01-01T00:00:00Z'
    await user.click(box)

    await findNotice(/“Rope” is in the trash\./)
    expect(titles()).toEqual([])
    await user.click(screen.getByRole('button', { name: 'Restore' }))
    await waitFor(() => expect(rope.deletedAt).toBeNull())
    expect(await screen.findByRole('checkbox', { name: 'Rope, done' })).not.toBeChecked()
  })

  it('takes the tick off again when the server refuses', async () => {
    const { tarn, ada, add, path } = hut()
    add('Rope')
    tarn.refuseNext('PUT', /completion/, new Refused(503, 'unavailable', 'Down.'))
    const { user } = startApp(tarn, path, ada)

    await user.click(await screen.findByRole('checkbox', { name: 'Rope, done' }))
    await findNotice(/“Rope” could not be changed/)

    expect(screen.getByRole('checkbox', { name: 'Rope, done' })).not.toBeChecked()
  })
})

describe('tasks typed quickly', () => {
  it('are created in the order typed, one after the other', async () => {
    const { tarn, ada, project } = tarnWithProject()
    const { user } = startApp(tarn, `/projects/${project.id}`, ada)
    const box = await screen.findByLabelText('Add a task')
    const release = heldBack(/"First"/)

    await user.type(box, 'First{Enter}Second{Enter}Third{Enter}')
    const waiting = screen.getByRole('list', { name: 'Waiting to be sent' })
    expect(within(waiting).getAllByRole('listitem')).toHaveLength(3)
    expect(tarn.tasks).toHaveLength(0)
    release()

    await waitFor(() => expect(tarn.tasks).toHaveLength(3))
    expect(tarn.tasks.map(({ title }) => title)).toEqual(['First', 'Second', 'Third'])
    await waitFor(() => expect(waiting).toBeEmptyDOMElement())
  })

  it.each(['list', 'board'])(
    'are kept over a reload, shown as waiting on the %s, and written once',
    async (view) => {
      const { tarn, ada } = tarnWithProject()
      const project = addProject(tarn, ada, 'Kept apart from the tests before')
      const startAt = `/projects/${project.id}?view=${view}`
      const kept = {
        key: 'k'.repeat(32),
        text: 'Rope',
        what: { projectId: project.id, title: 'Rope' },
      }
      sessionStorage.setItem(`waiting ${ada.id} task ${project.id}`, JSON.stringify([kept]))
      const noor = addUser(tarn, { name: 'Noor', email: 'noor@example.org', password })
      sessionStorage.setItem(`waiting ${noor.id} task ${project.id}`, JSON.stringify([kept]))
      for (const _ of [1, 2]) tarn.refuseNext('POST', /tasks/, 'offline')

      const { sent } = startApp(tarn, startAt, ada)

      await waitFor(() =>
        expect(screen.getAllByRole('list', { name: 'Waiting to be sent' })[0]).toHaveTextContent(
          'Rope',
        ),
      )
      await waitFor(() => expect(tarn.tasks.map(({ title }) => title)).toEqual(['Rope']))
      expect(sent('POST', /tasks/).map(({ headers }) => headers['idempotency-key'])).toEqual(
        Array(3).fill(kept.key),
      )
      await waitFor(() =>
        expect(Object.keys(sessionStorage)).toEqual([expect.stringContaining(noor.id)]),
      )
    },
  )

  it('are forgotten when one signs out', async () => {
    const { tarn, ada, project } = tarnWithProject()
    const { user } = startApp(tarn, `/projects/${project.id}`, ada)
    const release = heldBack(/"Rope"/)
    await user.type(await screen.findByLabelText('Add a task'), 'Rope{Enter}')
    expect(sessionStorage).toHaveLength(1)

    await user.click(screen.getByRole('button', { name: 'Sign out' }))

    await waitFor(() => expect(sessionStorage).toHaveLength(0))
    release()
  })
})
