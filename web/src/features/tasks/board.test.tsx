import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { invalid, Refused } from '@/testing/fake-call'
import { addTask } from '@/testing/fake-tasks'
import { addUser } from '@/testing/fake-users'
import { findNotice, password, startApp, tarnWithProject } from '@/testing/start-app'
import { overOf } from './board-drag'

function hut() {
  const all = tarnWithProject()
  const { tarn, ada, project, section } = all
  const add = (title: string, sectionName: string | null) =>
    addTask(tarn, {
      projectId: project.id,
      createdBy: ada.id,
      title,
      sectionId: sectionName && section(sectionName).id,
    })
  return { ...all, add, path: `/projects/${project.id}?view=board` }
}

const cardsIn = (column: string) =>
  within(screen.getByRole('region', { name: column }))
    .queryAllByRole('link')
    .map((card) => card.textContent)
const card = (name: string) => screen.findByRole('link', { name })

describe('the board', () => {
  it('shows a column for each section, and one for the homeless when there are any', async () => {
    const { tarn, ada, add, path } = hut()
    add('Rope', 'To do')
    add('Homeless', null)
    startApp(tarn, path, ada)

    await card('Rope')
    expect(cardsIn('No section')).toEqual(['Homeless'])
    expect(cardsIn('To do')).toEqual(['Rope'])
    expect(cardsIn('Done')).toEqual([])
  })

  it('draws all cards of a long column once one gets there', async () => {
    const { tarn, ada, add, path } = hut()
    for (let index = 0; index < 130; index++) add(`Card ${index}`, 'To do')
    startApp(tarn, path, ada)

    await waitFor(() => expect(cardsIn('To do')).toHaveLength(130))
  })

  it('says when not all tasks can be read, and goes on when told to', async () => {
    const { tarn, ada, add, path } = hut()
    for (let index = 0; index < 130; index++) add(`Card ${index}`, 'To do')
    tarn.refuseNext('GET', /tasks$/, new Refused(503, 'unavailable', 'Away.'), /cursor/)
    const { user } = startApp(tarn, path, ada)

    expect(await screen.findByRole('alert')).toHaveTextContent('Not all tasks are shown')
    await waitFor(() => expect(cardsIn('To do')).toHaveLength(100))
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    await waitFor(() => expect(cardsIn('To do')).toHaveLength(130))
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it('adds a task at its column, and closes the line when one leaves it empty', async () => {
    const { tarn, ada, path, section } = hut()
    const { user, sent } = startApp(tarn, path, ada)

    await user.click(await screen.findByRole('button', { name: 'Add a task to Doing' }))
    await user.keyboard('Rope{Enter}')
    await waitFor(() => expect(cardsIn('Doing')).toEqual(['Rope']))
    expect(sent('POST', /tasks/)[0]?.json).toMatchObject({ sectionId: section('Doing').id })

    await user.keyboard('{Escape}')
    expect(screen.queryByLabelText('Task title')).toBeNull()
    expect(screen.getByRole('button', { name: 'Add a task to Doing' })).toHaveFocus()
    await user.keyboard('n')
    expect(await screen.findByLabelText('Task title')).toHaveFocus()
  })

  it('adds a task beside those without a section', async () => {
    const { tarn, ada, add, path } = hut()
    add('Homeless', null)
    const { user } = startApp(tarn, path, ada)

    await user.click(await screen.findByRole('button', { name: 'Add a task to No section' }))
    await user.keyboard('Rope{Enter}')

    await waitFor(() => expect(cardsIn('No section')).toContain('Rope'))
  })

  it('gets another section', async () => {
    const { tarn, ada, path } = hut()
    const { user } = startApp(tarn, path, ada)

    await user.click(await screen.findByRole('button', { name: 'Add section' }))
    await user.keyboard('Waiting{Enter}')

    expect(await screen.findByRole('region', { name: 'Waiting' })).toBeVisible()
  })

  it('gets no section whose name cannot be seen', async () => {
    const { tarn, ada, path } = hut()
    const { user, sent } = startApp(tarn, path, ada)

    await user.click(await screen.findByRole('button', { name: 'Add section' }))
    await user.keyboard('\u200b{Enter}')

    const name = screen.getByLabelText('Name of the section')
    expect(name).toHaveAccessibleDescription(/invisible character in it/)
    expect(name).toHaveValue('\u200b')
    expect(sent('POST', /sections/)).toEqual([])
  })
})

describe('carrying a card by keyboard', () => {
  it('moves it with one request, says where it is, and keeps the focus', async () => {
    const { tarn, ada, add, path, section } = hut()
    const rope = add('Rope', 'To do')
    const ladder = add('Ladder', 'Doing')
    add('Lamp', 'Doing')
    const { user, sent } = startApp(tarn, path, ada)

    ;(await card('Rope')).focus()
    await user.keyboard(' ')
    expect(screen.getByText(/Picked up Rope. To do, position 1 of 1/)).toBeInTheDocument()
    await user.keyboard('{ArrowRight}')
    expect(cardsIn('Doing')).toEqual(['Rope', 'Ladder', 'Lamp'])
    await user.keyboard('{ArrowDown}')
    expect(screen.getByText('Doing, position 2 of 3.')).toBeInTheDocument()
    expect(sent('PUT', /position/)).toEqual([])
    await user.keyboard(' ')

    expect(screen.getByText(/Put down Rope/)).toBeInTheDocument()
    await waitFor(() => expect(sent('PUT', /position/)).toHaveLength(1))
    expect(sent('PUT', /position/)[0]).toMatchObject({
      url: `/api/tasks/${rope.id}/position`,
      json: { sectionId: section('Doing').id, after: ladder.id },
    })
    await waitFor(() => expect(cardsIn('Doing')).toEqual(['Ladder', 'Rope', 'Lamp']))
    expect(await card('Rope')).toHaveFocus()
  })

  it('takes it back by Escape, and by putting it where it was', async () => {
    const { tarn, ada, add, path } = hut()
    add('Rope', 'To do')
    const { user, sent } = startApp(tarn, path, ada)

    ;(await card('Rope')).focus()
    await user.keyboard(' {ArrowRight}{Escape}')
    expect(cardsIn('To do')).toEqual(['Rope'])
    expect(screen.getByText('Rope is back where it was.')).toBeInTheDocument()

    await user.keyboard(' {ArrowRight}{ArrowLeft}{ArrowLeft}{ArrowUp}{Enter}')
    expect(cardsIn('To do')).toEqual(['Rope'])
    await user.keyboard(' {Tab}')
    expect(sent('PUT', /position/)).toEqual([])
  })

  it('offers to restore a card that was moved to the trash elsewhere', async () => {
    const { tarn, ada, add, path } = hut()
    const rope = add('Rope', 'To do')
    const { user } = startApp(tarn, path, ada)

    ;(await card('Rope')).focus()
    rope.deletedAt = '2026-01-01T00:00:00Z'
    await user.keyboard(' {ArrowRight} ')

    await findNotice(/“Rope” is in the trash\./)
    expect(cardsIn('To do')).toEqual([])
    await user.click(screen.getByRole('button', { name: 'Restore' }))
    await waitFor(() => expect(cardsIn('To do')).toEqual(['Rope']))
  })

  it('puts the card back and says why when the server refuses', async () => {
    const { tarn, ada, add, path } = hut()
    add('Rope', 'To do')
    tarn.refuseNext('PUT', /position/, invalid('/sectionId', 'The section is gone.', 'unknown'))
    const { user } = startApp(tarn, path, ada)

    ;(await card('Rope')).focus()
    await user.keyboard(' {ArrowRight} ')

    await findNotice(/“Rope” is back where it was. The section is gone./)
    await waitFor(() => expect(cardsIn('To do')).toEqual(['Rope']))
    expect(cardsIn('Doing')).toEqual([])
  })

  it('shows the card after a refused move where the list now says', async () => {
    const { tarn, ada, add, path, section } = hut()
    const rope = add('Rope', 'To do')
    tarn.refuseNext('PUT', /position/, invalid('/sectionId', 'The section is gone.', 'unknown'))
    const { user } = startApp(tarn, path, ada)

    ;(await card('Rope')).focus()
    rope.sectionId = section('Done').id
    await user.keyboard(' {ArrowRight} ')

    await waitFor(() => expect(cardsIn('Done')).toEqual(['Rope']))
    expect(cardsIn('Doing')).toEqual([])
  })

  it('takes away a card that is gone for good', async () => {
    const { tarn, ada, add, path } = hut()
    const rope = add('Rope', 'To do')
    const { user } = startApp(tarn, path, ada)

    ;(await card('Rope')).focus()
    tarn.tasks = tarn.tasks.filter((task) => task !== rope)
    await user.keyboard(' {ArrowRight} ')

    await findNotice(/“Rope” was not moved/)
    await waitFor(() => expect(screen.queryByRole('link', { name: 'Rope' })).toBeNull())
  })

  it('is not for viewers', async () => {
    const { tarn, ada, project, add, path } = hut()
    add('Rope', 'To do')
    const noor = addUser(tarn, { name: 'Noor', email: 'noor@example.org', password })
    project.members.push({ userId: noor.id, role: 'viewer', addedAt: ada.createdAt })
    const { user } = startApp(tarn, path, noor)

    ;(await card('Rope')).focus()
    await user.keyboard(' {ArrowRight} ')

    expect(cardsIn('To do')).toEqual(['Rope'])
    expect(screen.queryByRole('button', { name: 'Move Rope' })).toBeNull()
  })
})

describe('the menu of a card', () => {
  it('moves it without dragging', async () => {
    const { tarn, ada, add, path } = hut()
    add('Rope', 'To do')
    add('Ladder', 'To do')
    const { user } = startApp(tarn, path, ada)
    await card('Rope')

    await user.click(screen.getByRole('button', { name: 'Move Rope' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Move down' }))
    await waitFor(() => expect(cardsIn('To do')).toEqual(['Ladder', 'Rope']))

    await user.click(screen.getByRole('button', { name: 'Move Rope' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Done' }))
    await waitFor(() => expect(cardsIn('Done')).toEqual(['Rope']))
    await waitFor(async () => expect(await card('Rope')).toHaveFocus())
    await waitFor(() => expect(cardsIn('Done')).toEqual(['Rope']))
  })
})

describe('the focus', () => {
  it('is on a closed card, not on the one that was moved before', async () => {
    const { tarn, ada, add, path } = hut()
    add('Rope', 'To do')
    add('Ladder', 'To do')
    const { user } = startApp(tarn, path, ada)
    ;(await screen.findByRole('button', { name: 'Move Rope' })).focus()
    await user.keyboard('{Enter}')
    ;(await screen.findByRole('menuitem', { name: 'Done' })).focus()
    await user.keyboard('{Enter}')
    await waitFor(async () => expect(await card('Rope')).toHaveFocus())

    ;(await card('Ladder')).focus()
    await user.keyboard('{Enter}')
    await screen.findByLabelText('Title')
    await user.keyboard('{Escape}')

    await waitFor(() => expect(screen.queryByLabelText('Title')).toBeNull())
    await waitFor(async () => expect(await card('Ladder')).toHaveFocus())
  })
})

describe('dragging a card', () => {
  it('starts from the card and ends over a column', async () => {
    const { tarn, ada, add, path } = hut()
    add('Rope', 'To do')
    const { sent } = startApp(tarn, path, ada)
    const dragged = (await card('Rope')).closest('li') as HTMLElement
    const column = screen.getByRole('region', { name: 'Done' })

    const dataTransfer = { types: [], items: [], files: [], setData() {}, setDragImage() {} }
    fireEvent.dragStart(dragged, { dataTransfer })
    await waitFor(() => expect(dragged).toHaveClass('opacity-40'))
    fireEvent.dragEnter(column, { dataTransfer })
    await waitFor(() => expect(column).toHaveClass('bg-accent-wash/60'))
    fireEvent.drop(column, { dataTransfer })

    await waitFor(() => expect(cardsIn('Done')).toEqual(['Rope']))
    expect(sent('PUT', /position/)).toHaveLength(1)
  })

  it('takes the innermost thing under the mouse', () => {
    expect(overOf([])).toBeNull()
    expect(overOf([{ sectionId: 'a' }])).toEqual({ sectionId: 'a' })
    expect(overOf([{ taskId: 'x' }, { sectionId: null }])).toEqual({
      sectionId: null,
      card: { id: 'x', edge: 'bottom' },
    })
  })
})
