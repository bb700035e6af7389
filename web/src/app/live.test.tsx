import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { addItem } from '@/testing/fake-items'
import { addPost } from '@/testing/fake-posts'
import { addLabel } from '@/testing/fake-projects'
import { addTask } from '@/testing/fake-tasks'
import { addUser } from '@/testing/fake-users'
import { elsewhere, goLive } from '@/testing/go-live'
import { heldBack, password, startApp, tarnWithProject } from '@/testing/start-app'
import { startLive } from './live'

/** Ada has a page of the project open, and Noor is at work somewhere else. */
function team(page: string) {
  const all = tarnWithProject()
  const { tarn, ada, project, section } = all
  const noor = addUser(tarn, { name: 'Noor Haddad', email: 'noor@example.org', password })
  project.members.push({ userId: noor.id, role: 'editor', addedAt: ada.createdAt })
  const add = (title: string, sectionName = 'To do') =>
    addTask(tarn, {
      projectId: project.id,
      createdBy: ada.id,
      title,
      sectionId: section(sectionName).id,
    })
  const start = (more = '') => {
    const started = startApp(tarn, `/projects/${project.id}${page}${more}`, ada)
    const { tell } = goLive(started.app, tarn, ada)
    const reads = () => started.sent('GET', /^\/api\/(?!live)/).map(({ url }) => url)
    /** Until the page has read all that it shows. */
    const idle = async () => {
      await quiet()
      await waitFor(() => expect(started.app.queryClient.isFetching()).toBe(0))
    }
    return { ...started, tell, reads, idle }
  }
  return { ...all, noor, by: elsewhere(tarn, noor), add, start }
}

const cardsIn = (column: string) =>
  within(screen.getByRole('region', { name: column }))
    .queryAllByRole('link')
    .map((card) => card.textContent)
const card = (name: string) => screen.findByRole('link', { name })
/** Longer than what comes together is gathered. */
const quiet = () => act(() => new Promise((resolve) => setTimeout(resolve, 300)))

/** Lets jsdom, which draws nothing, say where a card is, and counts what flies. */
function drawn() {
  const flights: string[] = []
  const place = vi.spyOn(Element.prototype, 'getBoundingClientRect')
  place.mockImplementation(function (this: Element) {
    const column = this.closest('section')?.getAttribute('aria-label') ?? ''
    return new DOMRect(['To do', 'Doing', 'Done'].indexOf(column) * 300, 0, 280, 40)
  })
  Object.assign(Element.prototype, {
    animate(this: Element, [first]: Keyframe[]) {
      if (first?.transform) flights.push(`${this.textContent} ${first.transform}`)
      return { finished: Promise.resolve() }
    },
  })
  onTestFinished(() => {
    Reflect.deleteProperty(Element.prototype, 'animate')
  })
  return flights
}

describe('a board that others work on', () => {
  it('shows a card where somebody else puts it, and lets it glide there', async () => {
    const { add, by, start, section } = team('?view=board')
    const rope = add('Rope')
    add('Lamp', 'Doing')
    const { reads, idle } = start()
    ;(await card('Rope')).focus()
    await idle()
    const flights = drawn()
    const before = reads().length

    await by('PUT', `/api/tasks/${rope.id}/position`, {
      sectionId: section('Doing').id,
      after: null,
    })

    await waitFor(() => expect(cardsIn('Doing')).toEqual(['Rope', 'Lamp']))
    expect(cardsIn('To do')).toEqual([])
    expect(flights).toEqual(['Rope translate(-300px, 0px)'])
    expect(await card('Rope')).toHaveFocus()
    expect(reads().slice(before)).toEqual([`/api/tasks/${rope.id}`])
    await waitFor(() => expect(document.querySelectorAll('body > li')).toHaveLength(0))
  })

  it('takes away the card in hand that somebody else moves to the trash', async () => {
    const { add, by, start } = team('?view=board')
    const rope = add('Rope')
    const { user } = start()
    ;(await card('Rope')).focus()
    await quiet()
    await user.keyboard(' {ArrowRight}')
    expect(cardsIn('Doing')).toEqual(['Rope'])

    await by('DELETE', `/api/tasks/${rope.id}`)

    await waitFor(() => expect(cardsIn('Doing')).toEqual([]))
    expect(cardsIn('To do')).toEqual([])
    expect(screen.getByText('Rope was changed elsewhere and is no longer carried.')).toBeVisible()
  })

  it('lets nothing glide for whoever wants less motion', async () => {
    const { add, by, start, section } = team('?view=board')
    const rope = add('Rope')
    start()
    await card('Rope')
    await quiet()
    const flights = drawn()
    vi.stubGlobal('matchMedia', () => ({ matches: true, addEventListener() {} }))

    await by('PUT', `/api/tasks/${rope.id}/position`, {
      sectionId: section('Done').id,
      after: null,
    })

    await waitFor(() => expect(cardsIn('Done')).toEqual(['Rope']))
    expect(flights).toEqual([])
  })

  it('shows what is added, completed and deleted, and counts it', async () => {
    const { add, by, start, project, section } = team('?view=board')
    const rope = add('Rope')
    start()
    await card('Rope')

    await by('POST', '/api/tasks', {
      projectId: project.id,
      sectionId: section('Doing').id,
      title: 'Ladder',
    })
    await waitFor(() => expect(cardsIn('Doing')).toEqual(['Ladder']))
    await waitFor(() =>
      expect(screen.getByRole('link', { name: /Mountain hut/ })).toHaveTextContent('2 open'),
    )
    await by('PUT', `/api/tasks/${rope.id}/completion`)
    await waitFor(() => expect(screen.getByRole('checkbox', { name: /Rope/ })).toBeChecked())
    await by('DELETE', `/api/tasks/${rope.id}`)
    await waitFor(() => expect(cardsIn('To do')).toEqual([]))
  })

  it('shows what others label, where only such is shown, and finds what they write', async () => {
    const { tarn, project, add, by, start } = team('?view=board')
    const label = addLabel(tarn, project.id, 'Repairs', 'orange').id
    const [rope, lamp] = [add('Rope'), add('Lamp')]
    Object.assign(lamp, { labels: [label] })
    const { app } = start(`&label=${label}`)
    await card('Lamp')

    await by('PATCH', `/api/tasks/${rope.id}`, { labels: [label] })
    await waitFor(() => expect(cardsIn('To do')).toEqual(['Rope', 'Lamp']))
    await by('PATCH', `/api/tasks/${lamp.id}`, { labels: [] })
    await waitFor(() => expect(cardsIn('To do')).toEqual(['Rope']))

    await act(() => app.router.navigate({ href: `/projects/${project.id}?view=board&text=hemp` }))
    await waitFor(() => expect(cardsIn('To do')).toEqual([]))
    await by('PATCH', `/api/tasks/${lamp.id}`, { title: 'Hemp' })
    await waitFor(() => expect(cardsIn('To do')).toEqual(['Hemp']))
  })

  it('reads nothing again after a change of one’s own', async () => {
    const { add, start } = team('?view=board')
    add('Rope')
    const { user, reads, idle } = start()
    await user.click(await screen.findByRole('button', { name: 'Move Rope' }))
    await idle()
    const before = reads().length

    await user.click(await screen.findByRole('menuitem', { name: 'Done' }))
    await waitFor(() => expect(cardsIn('Done')).toEqual(['Rope']))
    await quiet()

    const again = reads().slice(before)
    expect(again.filter((url) => url.startsWith('/api/tasks'))).toEqual([])
  })

  it('waits while a card is dragged', async () => {
    const { add, by, start, section } = team('?view=board')
    const [rope, lamp] = [add('Rope'), add('Lamp')]
    start()
    const dragged = (await card('Rope')).closest('li') as HTMLElement
    const dataTransfer = { types: [], items: [], files: [], setData() {}, setDragImage() {} }
    fireEvent.dragStart(dragged, { dataTransfer })
    await waitFor(() => expect(dragged).toHaveClass('opacity-40'))

    for (const { id } of [rope, lamp])
      await by('PUT', `/api/tasks/${id}/position`, { sectionId: section('Done').id, after: null })
    await quiet()
    expect(cardsIn('To do')).toEqual(['Rope', 'Lamp'])
    fireEvent.dragEnd(dragged, { dataTransfer })

    await waitFor(() => expect(cardsIn('Done')).toEqual(['Lamp', 'Rope']))
  })

  it('reads its list at most twice a second, however much happens', async () => {
    const { add, by, start } = team('?view=board')
    const tasks = Array.from({ length: 20 }, (_, index) => add(`Card ${index}`))
    const { reads, idle } = start()
    await card('Card 0')
    await idle()
    const before = reads().length
    const began = Date.now()

    while (Date.now() - began < 1_500)
      for (const { id } of tasks) await by('PATCH', `/api/tasks/${id}`, { priority: 'high' })

    const lists = () =>
      reads()
        .slice(before)
        .filter((url) => url.startsWith('/api/tasks?')).length
    await waitFor(() => expect(lists()).toBeGreaterThan(0))
    expect(lists()).toBeLessThanOrEqual((Date.now() - began) / 500 + 1)
  })

  it('reads everything again when the stream cannot go on where it was', async () => {
    const { tarn, ada, project, add, start } = team('?view=board')
    add('Rope')
    const { tell } = start()
    await card('Rope')
    // Nobody was told.
    addTask(tarn, {
      projectId: project.id,
      createdBy: ada.id,
      title: 'Lamp',
      sectionId: tarn.sections[0]?.id ?? null,
    })

    tell({ name: 'reset' })

    expect(await card('Lamp')).toBeVisible()
  })

  it('is not read again while nobody sees it, but as soon as somebody does', async () => {
    const { add, by, start } = team('?view=board')
    const rope = add('Rope')
    const { reads, idle } = start()
    await card('Rope')
    await idle()
    const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true)
    const state = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
    const before = reads().length

    await by('PATCH', `/api/tasks/${rope.id}`, { title: 'Longer rope' })
    await quiet()
    expect(reads()).toHaveLength(before)
    hidden.mockReturnValue(false)
    state.mockReturnValue('visible')
    act(() => void document.dispatchEvent(new Event('visibilitychange', { bubbles: true })))

    expect(await card('Longer rope')).toBeVisible()
  })
})

describe('an open task', () => {
  it('keeps what is being typed, and shows what others change beside it', async () => {
    const { add, by, start } = team('')
    const rope = add('Rope')
    const { user, sent } = start(`?task=${rope.id}`)
    const title = await screen.findByLabelText('Title')
    await quiet()
    await user.type(title, ' of hemp')

    await by('PATCH', `/api/tasks/${rope.id}`, { priority: 'urgent' })

    await waitFor(() => expect(screen.getByLabelText('Priority')).toHaveValue('urgent'))
    expect(title).toHaveValue('Rope of hemp')
    await user.click(screen.getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(rope.title).toBe('Rope of hemp'))
    expect(sent('PATCH', /tasks/).at(-1)?.json).toEqual({ title: 'Rope of hemp' })
    expect(rope.priority).toBe('urgent')
  })

  it('says beside the description that one types in that somebody else changes it', async () => {
    const { add, by, start } = team('')
    const rope = add('Rope')
    const { user } = start(`?task=${rope.id}`)
    const description = await screen.findByLabelText('Description', { selector: 'textarea' })
    await user.type(description, 'Of hemp')
    await quiet()

    await by('PATCH', `/api/tasks/${rope.id}`, { title: 'Longer rope' })
    await waitFor(() => expect(screen.getByLabelText('Title')).toHaveValue('Longer rope'))
    expect(screen.queryByText(/Changed meanwhile/)).toBeNull()
    await by('PATCH', `/api/tasks/${rope.id}`, { description: 'Of steel' })

    expect(
      await screen.findByText(/Changed meanwhile\. Noor Haddad changed this task/),
    ).toBeVisible()
    expect(description).toHaveValue('Of hemp')
    expect(description).toHaveAccessibleDescription(/Noor Haddad changed this task/)
  })

  it('says that somebody else has moved it to the trash, and that it is gone from there', async () => {
    const { tarn, project, add, by, start } = team('')
    const rope = add('Rope')
    const { tell } = start(`?task=${rope.id}`)
    await screen.findByLabelText('Title')
    await quiet()

    await by('DELETE', `/api/tasks/${rope.id}`)

    expect(await screen.findByText('This task is in the trash.')).toBeVisible()

    tarn.tasks = tarn.tasks.filter((task) => task !== rope)
    const change = {
      type: 'task.purged',
      id: rope.id,
      project: project.id,
      version: null,
      by: null,
    }
    tell({ name: 'change', change })

    expect(await screen.findByText(/This task is gone/)).toBeVisible()
    expect(screen.getByLabelText('Title')).toHaveValue('Rope')
  })

  it('shows a comment as it is written, and keeps the words of one’s own', async () => {
    const { add, by, start } = team('')
    const rope = add('Rope')
    const { user } = start(`?task=${rope.id}`)
    const comments = await screen.findByRole('region', { name: 'Comments' })
    const box = await within(comments).findByRole('textbox')
    await user.type(box, 'I would')
    await quiet()

    await by('POST', '/api/posts', { taskId: rope.id, body: 'Take the longer one.' })

    expect(await within(comments).findByText('Take the longer one.')).toBeVisible()
    expect(within(comments).getByRole('textbox')).toHaveValue('I would')
  })
})

describe('a session that ends while nobody does anything', () => {
  it('leads to sign-in at once, and what was typed is there afterwards', async () => {
    const { tarn, ada, add, start } = team('')
    const rope = add('Rope')
    const { user, tell, inAnotherTab } = start(`?task=${rope.id}`)
    await user.type(await screen.findByLabelText('Title'), ' of hemp')
    tarn.sessions = []

    tell({ name: 'signed-out' })

    expect(await screen.findByText(/You were signed out in the meantime/)).toBeVisible()
    expect(screen.queryByText('Mountain hut')).toBeNull()
    inAnotherTab(ada)
    await waitFor(() => expect(screen.getByLabelText('Title')).toHaveValue('Rope of hemp'))
  })

  it('leaves the page of whoever is signed in', async () => {
    const { add, start } = team('')
    const rope = add('Rope')
    const { tell, sent } = start(`?task=${rope.id}`)
    await screen.findByLabelText('Title')

    tell({ name: 'signed-out' })

    await waitFor(() => expect(sent('GET', /sessions\/current/)).toHaveLength(2))
    expect(await screen.findByLabelText('Title')).toBeVisible()
  })
})

describe('a project', () => {
  it('says that one is no longer a member as soon as one is not', async () => {
    const { tarn, noor, project, ada, add, start } = team('?view=board')
    add('Rope')
    project.members = project.members.map((one) => ({ ...one, role: 'owner' }))
    start()
    await card('Rope')

    await elsewhere(tarn, noor)('DELETE', `/api/projects/${project.id}/members/${ada.id}`)

    expect(await screen.findByText('You are no longer a member of this project')).toBeVisible()
  })

  it('gives back what was typed to whoever is a member again', async () => {
    const { tarn, noor, project, ada, add, start } = team('')
    const rope = add('Rope')
    project.members = project.members.map((one) => ({ ...one, role: 'owner' }))
    const { user } = start(`?task=${rope.id}`)
    await user.type(await screen.findByLabelText('Title'), ' of hemp')
    const by = elsewhere(tarn, noor)

    await by('DELETE', `/api/projects/${project.id}/members/${ada.id}`)
    await screen.findByText('You are no longer a member of this project')
    await by('PUT', `/api/projects/${project.id}/members/${ada.id}`, { role: 'editor' })

    await waitFor(() => expect(screen.getByLabelText('Title')).toHaveValue('Rope of hemp'))
  })

  it('shows the items that others add', async () => {
    const { tarn, by, start, project, ada } = team('/items')
    addItem(tarn, { projectId: project.id, createdBy: ada.id, name: 'Slate' })
    start()
    await screen.findByDisplayValue('Slate')
    await quiet()

    await by('POST', '/api/items', { projectId: project.id, name: 'Nails' })

    expect(await screen.findByDisplayValue('Nails')).toBeVisible()
  })

  it('shows the posts of others', async () => {
    const { tarn, by, start, project, ada } = team('/posts')
    addPost(tarn, { projectId: project.id, authorId: ada.id, body: 'We close on the 12th.' })
    start()
    await screen.findByText('We close on the 12th.')
    await quiet()

    await by('POST', '/api/posts', { projectId: project.id, body: 'On the 13th.' })

    expect(await screen.findByText('On the 13th.')).toBeVisible()
  })

  it('shows who else is looking at it', async () => {
    const { tarn, project, ada, noor, start } = team('?view=board')
    const others = Array.from({ length: 7 }, (_, index) =>
      addUser(tarn, { name: `Guest ${index}`, email: `g${index}@example.org`, password }),
    )
    for (const { id } of others)
      project.members.push({ userId: id, role: 'viewer', addedAt: ada.createdAt })
    tarn.live.pretended.set(project.id, [noor.id, ada.id])
    const { tell } = start()

    const row = await screen.findByRole('list', { name: 'Also looking at this' })
    expect(await within(row).findByRole('img', { name: 'Noor Haddad' })).toBeVisible()
    expect(within(row).getAllByRole('listitem')).toHaveLength(1)
    const onPhone = () => screen.queryByRole('img', { name: /^Also looking at this: / })
    expect(onPhone()).toHaveAccessibleName('Also looking at this: Noor Haddad')
    expect(onPhone()).toHaveTextContent('1')

    const users = [ada.id, ...others.map(({ id }) => id)]
    tell({ name: 'presence', project: project.id, users })
    await waitFor(() => expect(within(row).getAllByRole('img')).toHaveLength(5))
    expect(within(row).getByText('Guest 5, Guest 6')).toBeInTheDocument()
    tell({ name: 'presence', project: project.id, users: [ada.id] })
    await waitFor(() => expect(row).not.toBeInTheDocument())
    expect(onPhone()).toBeNull()
  })
})

it('is made up for by reading again while there is no stream, and says so', async () => {
  const { tarn, ada, project, section, add, start } = team('?view=board')
  add('Rope')
  const { tell, idle } = start()
  await card('Rope')
  await idle()
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  onTestFinished(() => void vi.useRealTimers())

  tell({ name: 'missed', why: 'too-many' })
  expect(await screen.findByText(/open in too many browsers/)).toBeVisible()
  addTask(tarn, {
    projectId: project.id,
    createdBy: ada.id,
    title: 'Lamp',
    sectionId: section('Doing').id,
  })
  await act(() => vi.advanceTimersByTimeAsync(30_000))
  await waitFor(() => expect(cardsIn('Doing')).toEqual(['Lamp']))

  tell({ name: 'ready', isFresh: false })
  await waitFor(() => expect(screen.queryByText(/open in too many browsers/)).toBeNull())
  expect(vi.getTimerCount()).toBe(0)
})

it('is not asked for where this Tarn runs without the worker', async () => {
  const meta = '<meta name="tarn-without" content="posts,worker">'
  document.head.insertAdjacentHTML('beforeend', meta)
  onTestFinished(() => document.querySelector('meta[name="tarn-without"]')?.remove())
  const { tarn, ada, project } = team('')
  const { app } = startApp(tarn, `/projects/${project.id}`, ada)
  const channel = vi.fn()
  vi.stubGlobal('BroadcastChannel', channel)

  startLive(app)

  await screen.findByText('Nothing to do yet')
  expect(channel).not.toHaveBeenCalled()
})

it('leaves a card where one has just put it, while what others changed is on its way', async () => {
  const { add, by, start } = team('?view=board')
  const rope = add('Rope')
  const { user, idle, sent } = start()
  await user.click(await screen.findByRole('button', { name: 'Move Rope' }))
  await idle()
  const release = heldBack(/position/)
  const arrive = heldBack(new RegExp(`${rope.id} undefined`))

  await by('PATCH', `/api/tasks/${rope.id}`, { title: 'Longer rope' })
  await quiet()
  await user.click(await screen.findByRole('menuitem', { name: 'Done' }))
  arrive()
  await waitFor(() => expect(sent('GET', new RegExp(`tasks/${rope.id}`))).toHaveLength(1))
  await quiet()
  expect(cardsIn('Done')).toEqual(['Rope'])
  release()

  await waitFor(() => expect(cardsIn('Done')).toEqual(['Longer rope']))
})

it('waits for the answer to one’s own change, and for a list that is on its way', async () => {
  const { add, by, start, section } = team('?view=board')
  const rope = add('Rope')
  const { user } = start()
  await user.click(await screen.findByRole('button', { name: 'Move Rope' }))
  await quiet()
  const release = heldBack(/position/)

  await user.click(await screen.findByRole('menuitem', { name: 'Done' }))
  await waitFor(() => expect(cardsIn('Done')).toEqual(['Rope']))
  await by('PATCH', `/api/tasks/${rope.id}`, { title: 'Longer rope' })
  await quiet()
  expect(cardsIn('Done')).toEqual(['Rope'])
  release()

  await waitFor(() => expect(cardsIn('Done')).toEqual(['Longer rope']))
  expect(rope.sectionId).toBe(section('Done').id)
})
