import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import type { ItemView } from '@/api/types'
import { invalid, Refused } from '@/testing/fake-call'
import { addItem } from '@/testing/fake-items'
import { addUser } from '@/testing/fake-users'
import { findNotice, password, startApp, tarnWithProject } from '@/testing/start-app'
import { noTotal } from './item-fields'

function budget() {
  const all = tarnWithProject()
  const { tarn, ada, project } = all
  const add = (name: string, more: Partial<Parameters<typeof addItem>[1]> = {}) =>
    addItem(tarn, { projectId: project.id, createdBy: ada.id, name, ...more })
  return { ...all, add, path: `/projects/${project.id}/items` }
}

const rope = { quantity: '3', unit: 'm', unitPrice: '2.5', currency: 'EUR' }
const cell = (label: string) => screen.findByLabelText<HTMLInputElement>(label)
const totalOf = (name: string) => {
  const row = screen.getByLabelText(`Name of ${name}`).closest('tr')
  return row?.querySelectorAll('td')[6] as HTMLElement
}
const note = async (label: string) => {
  const field = await cell(label)
  await waitFor(() => expect(field).toHaveAttribute('aria-invalid', 'true'))
  return document.getElementById(field.getAttribute('aria-describedby') ?? '') as HTMLElement
}

describe('the items of a project', () => {
  it('are a view beside list and board', async () => {
    const { tarn, ada, project, path } = budget()
    const { user, url } = startApp(tarn, `/projects/${project.id}`, ada)

    await user.click(await screen.findByRole('link', { name: 'Items' }))

    expect(await screen.findByText('Nothing is counted here yet')).toBeVisible()
    expect(url()).toBe(path)
    expect(document.title).toBe('Items of Mountain hut · Tarn')
    await user.click(screen.getByRole('link', { name: 'Board' }))
    await waitFor(() => expect(url()).toBe(`/projects/${project.id}?view=board`))
  })

  it('are added by a name and Enter, one after the other', async () => {
    const { tarn, ada, project, path } = budget()
    const { user, sent } = startApp(tarn, path, ada)
    await screen.findByText('Nothing is counted here yet')

    await user.keyboard('n')
    await user.keyboard('Rope{Enter}Slate{Enter}')

    expect(await cell('Name of Slate')).toHaveValue('Slate')
    expect(screen.getByLabelText('Name of Rope')).toHaveValue('Rope')
    expect(screen.getByLabelText('Add an item')).toHaveFocus()
    expect(sent('POST', /items/)[0]?.json).toEqual({ projectId: project.id, name: 'Rope' })
  })

  it('are added once when the answers to the first attempts are lost', async () => {
    const { tarn, ada, path } = budget()
    tarn.refuseNext('POST', /items/, 'offline')
    tarn.refuseNext('POST', /items/, 'offline')
    const { user, sent } = startApp(tarn, path, ada)
    await user.type(await screen.findByLabelText('Add an item'), 'Rope{Enter}')
    expect(screen.getByRole('list', { name: 'Waiting to be sent' })).toHaveTextContent('Rope')

    expect(await cell('Name of Rope')).toBeVisible()
    const keys = sent('POST', /items/).map(({ headers }) => headers['idempotency-key'])
    expect(keys).toHaveLength(3)
    expect(new Set(keys).size).toBe(1)
  })

  it('that are refused come back into the line, with the reason', async () => {
    const { tarn, ada, path } = budget()
    tarn.refuseNext('POST', /items/, invalid('/name', 'Not this word.'))
    const { user } = startApp(tarn, path, ada)

    await user.type(await screen.findByLabelText('Add an item'), 'Rope{Enter}')

    expect(await screen.findByText('Not this word.')).toBeVisible()
    expect(screen.getByLabelText('Add an item')).toHaveValue('Rope')
  })

  it('are read on when there are many', async () => {
    const { tarn, ada, add, path } = budget()
    for (let index = 1; index <= 101; index++) add(`Item ${index}`)
    const { user } = startApp(tarn, path, ada)
    await cell('Name of Item 100')
    expect(screen.queryByLabelText('Name of Item 101')).toBeNull()

    await user.click(screen.getByRole('button', { name: 'Show more' }))

    expect(await cell('Name of Item 101')).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull()
  })

  it('that cannot be read are asked for again', async () => {
    const { tarn, ada, add, path } = budget()
    add('Rope')
    tarn.refuseNext('GET', /^\/api\/items$/, 'offline')
    const { user } = startApp(tarn, path, ada)

    await user.click(await screen.findByRole('button', { name: 'Try again' }))

    expect(await cell('Name of Rope')).toBeVisible()
  })

  it('of others are not found', async () => {
    const { tarn, path } = budget()
    const noor = addUser(tarn, { name: 'Noor', email: 'noor@example.org', password })
    startApp(tarn, path, noor)

    expect(await screen.findByText('This project cannot be found')).toBeVisible()
  })

  it('can only be looked at by a viewer', async () => {
    const { tarn, ada, project, add, path } = budget()
    add('Rope', rope)
    add('Slate', { total: null, totalState: 'failed' })
    add('Ladder', { total: null, totalState: 'pending' })
    const noor = addUser(tarn, { name: 'Noor', email: 'noor@example.org', password })
    project.members.push({ userId: noor.id, role: 'viewer', addedAt: ada.createdAt })
    const { sent } = startApp(tarn, path, noor)

    const table = await screen.findByRole('table')
    expect(within(table).getByText('Rope')).toBeVisible()
    expect(within(table).getByText('€7.50')).toBeVisible()
    expect(within(table).getByText('no total')).toHaveTextContent(/change it/)
    expect(within(table).getByText('pending')).toBeVisible()
    expect(screen.queryByRole('textbox')).toBeNull()
    expect(within(table).queryByRole('button')).toBeNull()
    expect(sent('PUT', /calculation/)).toEqual([])
  })

  it('are searched by name and sorted, which the address says', async () => {
    const { tarn, ada, add, path, project } = budget()
    for (const name of ['Rope', 'Slate', 'Long rope']) add(name)
    const { user, url } = startApp(tarn, path, ada)
    const names = () =>
      Array.from(
        document.querySelectorAll<HTMLInputElement>('[data-field=name]'),
        (one) => one.value,
      )
    await cell('Name of Slate')

    await user.type(screen.getByRole('searchbox', { name: 'Search items' }), 'rope')
    await waitFor(() => expect(names()).toEqual(['Rope', 'Long rope']))
    await user.selectOptions(screen.getByLabelText('Sort by'), 'By name')
    await waitFor(() => expect(names()).toEqual(['Long rope', 'Rope']))
    expect(url()).toBe(`${path}?name=rope&order=name`)

    await user.clear(await cell('Quantity of Rope'))
    await user.type(await cell('Quantity of Rope'), '7')
    await user.clear(screen.getByLabelText('Search items'))
    await waitFor(() => expect(names()).toEqual(['Long rope', 'Rope', 'Slate']))
    expect(await cell('Quantity of Rope')).toHaveValue('7')
    await user.selectOptions(screen.getByLabelText('Sort by'), 'Newest first')
    await waitFor(() => expect(names()).toEqual(['Long rope', 'Slate', 'Rope']))
    await user.type(screen.getByLabelText('Search items'), 'gold')
    expect(await screen.findByText('No item is called so')).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Show all items' }))
    await waitFor(() => expect(names()).toEqual(['Long rope', 'Slate', 'Rope']))
    expect(url()).toBe(`${path}?order=newest`)
    await user.click(screen.getByRole('link', { name: 'Board' }))
    await waitFor(() => expect(url()).toMatch(`/projects/${project.id}?`))
    expect(url()).toBe(`/projects/${project.id}?view=board`)
  })

  it('that cannot be read on are asked for again', async () => {
    const { tarn, ada, add, path } = budget()
    for (let index = 1; index <= 101; index++) add(`Item ${index}`)
    const { user } = startApp(tarn, path, ada)
    const more = await screen.findByRole('button', { name: 'Show more' })
    tarn.refuseNext('GET', /^\/api\/items$/, 'offline')

    await user.click(more)
    expect(await screen.findByText(/cannot be reached/)).toBeVisible()
    await user.click(more)

    expect(await cell('Name of Item 101')).toBeVisible()
    expect(screen.queryByText(/cannot be reached/)).toBeNull()
  })

  it('are read in full by whoever may not write', async () => {
    const { tarn, ada, project, add, path } = budget()
    const name = 'Rope'.repeat(40)
    add(name, { currency: 'EUR', total: '99999999999999999999', totalState: 'done' })
    const noor = addUser(tarn, { name: 'Noor', email: 'noor@example.org', password })
    project.members.push({ userId: noor.id, role: 'viewer', addedAt: ada.createdAt })
    startApp(tarn, path, noor)

    const table = await screen.findByRole('table')
    expect(within(table).getByText(name)).toHaveClass('wrap-anywhere')
    expect(within(table).getByText('€99,999,999,999,999,999,999.00')).toHaveClass('wrap-anywhere')
  })

  it('do not hide under what is fixed when they have the focus', async () => {
    const { tarn, ada, add, path } = budget()
    add('Rope')
    startApp(tarn, path, ada)
    await cell('Name of Rope')

    const scrolled = document.querySelector<HTMLElement>('[data-items]')
    expect(scrolled).toHaveClass('scroll-pt-10')
    expect(scrolled?.style.scrollPaddingBottom).toBe('48px')
  })

  it('hand the focus on when they are removed', async () => {
    const { tarn, ada, add, path } = budget()
    add('Rope')
    add('Slate')
    const { user } = startApp(tarn, path, ada)
    const remove = await screen.findByRole('button', { name: 'Remove Rope' })

    remove.focus()
    await user.keyboard('{Enter}')
    await waitFor(() => expect(screen.getByRole('button', { name: 'Remove Slate' })).toHaveFocus())
    await user.keyboard('{Enter}')
    await waitFor(() => expect(screen.getByLabelText('Add an item')).toHaveFocus())
  })

  it('leave for the trash, and come back', async () => {
    const { tarn, ada, add, path } = budget()
    const item = add('Rope', rope)
    add('Slate')
    const { user } = startApp(tarn, path, ada)

    await user.click(await screen.findByRole('button', { name: 'Remove Rope' }))
    await findNotice(/“Rope” is in the trash/)
    expect(screen.queryByLabelText('Name of Rope')).toBeNull()
    expect(item.deletedAt).not.toBeNull()
    await user.click(screen.getByRole('button', { name: 'Undo' }))

    expect(await cell('Name of Rope')).toBeVisible()
    expect(item.deletedAt).toBeNull()
  })
})

describe('a cell', () => {
  it.each([
    ['Name', 'Long rope', { name: 'Long rope' }],
    ['Quantity', '.5', { quantity: '0.5' }],
    ['Unit', 'kg', { unit: 'kg' }],
    ['Unit price', '19.90', { unitPrice: '19.90' }],
    ['Currency', 'usd', { currency: 'USD' }],
    ['Formula', 'quantity * 2', { formula: 'quantity * 2' }],
  ])('saves the %s on Enter, over the version that was seen', async (label, typed, change) => {
    const { tarn, ada, add, path } = budget()
    const item = add('Rope', { ...rope, version: 4 })
    const { user, sent } = startApp(tarn, path, ada)
    const field = await cell(`${label} of Rope`)

    await user.clear(field)
    await user.type(field, `${typed}{Enter}`)

    await waitFor(() => expect(item).toMatchObject(change))
    const [patch, ...others] = sent('PATCH', /items/)
    expect(patch?.json).toEqual(change)
    expect(patch?.headers['if-match']).toBe('"4"')
    expect(others).toEqual([])
  })

  it('shows a number as totals are shown, and takes it so', async () => {
    const { tarn, ada, add, path } = budget()
    const item = add('Rope', { ...rope, quantity: '1234.50' })
    const { user } = startApp(tarn, path, ada)
    const quantity = await cell('Quantity of Rope')
    expect(quantity).toHaveValue('1,234.50')

    await user.click(quantity)
    expect(quantity).toHaveValue('1234.50')
    await user.clear(quantity)
    await user.type(quantity, '12,345.6')
    await user.tab()

    await waitFor(() => expect(item.quantity).toBe('12345.6'))
    expect(quantity).toHaveValue('12,345.6')
  })

  it('shows what was typed at once and the total when it is here', async () => {
    const { tarn, ada, add, path } = budget()
    add('Rope', rope)
    const { user } = startApp(tarn, path, ada)
    const quantity = await cell('Quantity of Rope')
    expect(totalOf('Rope')).toHaveTextContent('€7.50')

    await user.clear(quantity)
    await user.type(quantity, '4')
    Object.assign(tarn, { delay: 200 })
    await user.tab()

    expect(quantity).toHaveValue('4')
    expect(totalOf('Rope')).toHaveAttribute('aria-busy', 'true')
    expect(screen.getByLabelText('Unit of Rope')).toHaveFocus()
    await waitFor(() => expect(totalOf('Rope')).toHaveTextContent('€10.00'))
  })

  it('is saved after the one before, over what came of it', async () => {
    const { tarn, ada, add, path } = budget()
    const item = add('Rope', rope)
    const { user, sent } = startApp(tarn, path, ada)
    await user.click(await cell('Quantity of Rope'))

    await user.keyboard('{Control>}a{/Control}')
    await user.clear(await cell('Quantity of Rope'))
    await user.keyboard('4{Tab}')
    await user.clear(await cell('Unit of Rope'))
    await user.keyboard('kg{Tab}')

    await waitFor(() => expect(item).toMatchObject({ quantity: '4', unit: 'kg' }))
    const versions = sent('PATCH', /items/).map(({ headers }) => headers['if-match'])
    expect(versions).toEqual(['"1"', '"2"'])
    await waitFor(() => expect(totalOf('Rope')).toHaveTextContent('€10.00'))
  })

  it('is as it was after Escape', async () => {
    const { tarn, ada, add, path } = budget()
    add('Rope', rope)
    const { user, sent } = startApp(tarn, path, ada)
    const quantity = await cell('Quantity of Rope')

    await user.type(quantity, '99{Escape}')
    await user.tab()

    expect(quantity).toHaveValue('3')
    expect(sent('PATCH', /items/)).toEqual([])
  })

  it('that is emptied goes back to what is usual', async () => {
    const { tarn, ada, add, path } = budget()
    add('Rope', { ...rope, formula: 'quantity * 7' })
    const { user, sent } = startApp(tarn, path, ada)

    await user.clear(await cell('Formula of Rope'))
    await user.tab()
    await user.clear(await cell('Unit of Rope'))
    await user.tab()

    await waitFor(async () =>
      expect(await cell('Formula of Rope')).toHaveValue('quantity * unitPrice'),
    )
    await waitFor(() =>
      expect(sent('PATCH', /items/).map(({ json }) => json)).toEqual([
        { formula: null },
        { unit: '' },
      ]),
    )
  })

  it('goes on below after Enter, as a sheet does, unless something is wrong', async () => {
    const { tarn, ada, add, path } = budget()
    const item = add('Rope')
    add('Slate')
    const { user } = startApp(tarn, path, ada)
    await user.click(await cell('Quantity of Rope'))

    await user.keyboard('2{Enter}')
    expect(screen.getByLabelText('Quantity of Slate')).toHaveFocus()
    await waitFor(() => expect(item.quantity).toBe('12'))
    await user.keyboard('{Shift>}{Enter}{/Shift}')
    expect(screen.getByLabelText('Quantity of Rope')).toHaveFocus()
    await user.keyboard('many{Enter}')
    expect(screen.getByLabelText('Quantity of Rope')).toHaveFocus()
  })

  it('takes what is typed on while it is being saved', async () => {
    const { tarn, ada, add, path } = budget()
    const item = add('Rope', rope)
    const { user, sent } = startApp(tarn, path, ada)
    const unit = await cell('Unit of Rope')
    Object.assign(tarn, { delay: 50 })

    await user.type(unit, 'x{Enter}y{Enter}z')
    expect(unit).toHaveValue('mxyz')
    await waitFor(() => expect(item.unit).toBe('mxy'))
    expect(unit).toHaveValue('mxyz')
    await user.tab()

    await waitFor(() => expect(item.unit).toBe('mxyz'))
    expect(sent('PATCH', /items/).map(({ json }) => json.unit)).toEqual(['mx', 'mxy', 'mxyz'])
    await waitFor(() => expect(unit).not.toHaveAttribute('aria-busy'))
  })

  it('leads to the one above and below', async () => {
    const { tarn, ada, add, path } = budget()
    add('Rope')
    add('Slate')
    const { user } = startApp(tarn, path, ada)
    await user.click(await cell('Unit price of Rope'))

    await user.keyboard('{ArrowDown}')
    expect(screen.getByLabelText('Unit price of Slate')).toHaveFocus()
    await user.keyboard('{ArrowDown}{ArrowUp}')
    expect(screen.getByLabelText('Unit price of Rope')).toHaveFocus()
  })

  it.each([
    ['Name', '{Backspace}', 'A name is needed.'],
    ['Quantity', '2,5', 'Write a point: 2.5.'],
    ['Unit price', 'ten', 'A number such as 2.5'],
    ['Currency', 'EU', 'Three letters'],
  ])('says before anything is sent why %s cannot be so', async (label, typed, why) => {
    const { tarn, ada, add, path } = budget()
    add('R', rope)
    const { user, sent } = startApp(tarn, path, ada)
    const field = await cell(`${label} of R`)

    await user.clear(field)
    await user.type(field, `${typed}{Enter}`)

    expect(await note(`${label} of R`)).toHaveTextContent(why)
    expect(sent('PATCH', /items/)).toEqual([])
  })
})

describe('the description of an item', () => {
  it('is below its line, and saved as one leaves it', async () => {
    const { tarn, ada, add, path } = budget()
    const item = add('Rope', rope)
    add('Slate')
    const { user, sent } = startApp(tarn, path, ada)
    const details = await screen.findByRole('button', { name: 'Details of Rope' })
    expect(details).toHaveAttribute('aria-expanded', 'false')
    await user.click(details)

    await user.type(await cell('Description of Rope'), 'Two{Enter}of them')
    await user.tab()

    await waitFor(() => expect(item.description).toBe('Two\nof them'))
    expect(sent('PATCH', /items/)).toHaveLength(1)
    await user.click(await cell('Quantity of Rope'))
    await user.keyboard('{Enter}')
    expect(screen.getByLabelText('Quantity of Slate')).toHaveFocus()
    await user.click(details)
    expect(screen.queryByLabelText('Description of Rope')).toBeNull()
  })

  it('stays open with the reason when it is refused', async () => {
    const { tarn, ada, add, path } = budget()
    add('Rope', { description: 'Old' })
    tarn.refuseNext('PATCH', /items/, invalid('/description', 'Not this word.'))
    const { user } = startApp(tarn, path, ada)
    const details = await screen.findByRole('button', { name: 'Details of Rope' })
    await user.click(details)
    await user.type(await cell('Description of Rope'), ' rope')

    await user.click(details)

    expect(await note('Description of Rope')).toHaveTextContent('Not this word.')
    expect(await cell('Description of Rope')).toHaveValue('Old rope')
  })

  it('is drawn for whoever may only look', async () => {
    const { tarn, ada, project, add, path } = budget()
    add('Rope', { description: 'Of **hemp**' })
    add('Slate')
    const noor = addUser(tarn, { name: 'Noor', email: 'noor@example.org', password })
    project.members.push({ userId: noor.id, role: 'viewer', addedAt: ada.createdAt })
    const { user } = startApp(tarn, path, noor)

    await user.click(await screen.findByRole('button', { name: 'Details of Rope' }))

    expect(await screen.findByText('hemp', { selector: 'strong' })).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Details of Slate' })).toBeNull()
  })
})

describe('what the server refuses', () => {
  it('is told at its cell, with what was typed kept, and the place marked', async () => {
    const { tarn, ada, add, path } = budget()
    const item = add('Rope', rope)
    const { user, sent } = startApp(tarn, path, ada)
    const formula = await cell('Formula of Rope')

    await user.clear(formula)
    await user.type(formula, 'quantity * prize + 1{Enter}')

    const message = await note('Formula of Rope')
    expect(message).toHaveTextContent('Here a number, a name or a bracket is expected.')
    expect(within(message).getByText('p', { selector: 'mark' })).toBeVisible()
    expect(message).toHaveTextContent('quantity * prize + 1')
    expect(formula).toHaveValue('quantity * prize + 1')
    expect(formula).toHaveFocus()

    // Leaving does not ask again; a correction does.
    await user.tab()
    expect(sent('PATCH', /items/)).toHaveLength(1)
    await user.clear(formula)
    await user.type(formula, 'quantity + 1')
    await user.tab()
    await waitFor(() => expect(item.total).toBe('4'))
    await waitFor(() => expect(formula).not.toHaveAttribute('aria-invalid'))
  })

  it('is told with how numbers are written in formulas, when that may be why', async () => {
    const { tarn, ada, add, path } = budget()
    add('Rope', rope)
    const { user } = startApp(tarn, path, ada)
    const formula = await cell('Formula of Rope')

    await user.clear(formula)
    await user.type(formula, 'quantity * 1,5{Enter}')
    expect(await note('Formula of Rope')).toHaveTextContent(
      'expected. Formulas are written with a point: 1.5, not 1,5.',
    )

    await user.clear(formula)
    await user.type(formula, 'quantity * prize{Enter}')
    await waitFor(async () =>
      expect(await note('Formula of Rope')).toHaveTextContent('quantity * prize'),
    )
    expect(await note('Formula of Rope')).not.toHaveTextContent('point')
  })

  it('marks a character that is not there', async () => {
    const { tarn, ada, add, path } = budget()
    add('Rope', rope)
    const { user } = startApp(tarn, path, ada)
    const formula = await cell('Formula of Rope')

    await user.clear(formula)
    await user.type(formula, 'quantity *{Enter}')

    expect(within(await note('Formula of Rope')).getByText('␣')).toBeVisible()
  })

  it('of another cell than the edited one is told at both', async () => {
    const { tarn, ada, add, path } = budget()
    add('Rope', rope)
    const place = { pointer: '/formula', code: 'division-by-zero', detail: 'By 0.', position: 0 }
    tarn.refuseNext('PATCH', /items/, new Refused(422, 'division-by-zero', 'By 0.', [place]))
    const { user } = startApp(tarn, path, ada)
    const quantity = await cell('Quantity of Rope')

    await user.clear(quantity)
    await user.type(quantity, '0{Enter}')

    expect(await note('Formula of Rope')).toHaveTextContent('By 0.')
    expect(await note('Quantity of Rope')).toHaveTextContent('Not saved: see formula.')
    const below = quantity.closest('tr')?.nextElementSibling
    expect(below).toContainElement(await note('Quantity of Rope'))
    expect(below).toContainElement(await note('Formula of Rope'))
    expect(quantity).toHaveValue('0')
    await user.click(screen.getByRole('button', { name: 'Discard' }))
    expect(quantity).toHaveValue('3')
    expect(await cell('Formula of Rope')).not.toHaveAttribute('aria-invalid')
  })

  it('without a place is told at the edited cell, and can be tried again', async () => {
    const { tarn, ada, add, path } = budget()
    const item = add('Rope', rope)
    tarn.refuseNext('PATCH', /items/, 'offline')
    const { user } = startApp(tarn, path, ada)
    const unit = await cell('Unit of Rope')
    await user.clear(unit)
    await user.type(unit, 'kg')
    await user.tab()
    expect(await note('Unit of Rope')).toHaveTextContent(/cannot be reached/)
    expect(unit).toHaveValue('kg')

    await user.type(unit, '{Enter}')

    await waitFor(() => expect(item.unit).toBe('kg'))
  })

  it('into an item that was moved to the trash elsewhere comes with a way back', async () => {
    const { tarn, ada, add, path } = budget()
    const item = add('Rope', rope)
    const { user } = startApp(tarn, path, ada)

    await user.type(await cell('Unit of Rope'), 'x')
    item.deletedAt = '2026-01-01T00:00:00Z'
    await user.tab()

    await findNotice(/Unit of “Rope” was not saved: “mx”. This item is in the trash/)
    expect(screen.queryByLabelText('Unit of Rope')).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Restore' }))
    expect(await cell('Unit of Rope')).toHaveValue('m')
    expect(item.deletedAt).toBeNull()
  })

  it('when one has gone elsewhere is told there', async () => {
    const { tarn, ada, add, path } = budget()
    add('Rope', rope)
    tarn.refuseNext('PATCH', /items/, invalid('/unit', 'Not this word.'))
    const { user } = startApp(tarn, path, ada)

    await user.type(await cell('Unit of Rope'), 'x')
    Object.assign(tarn, { delay: 300 })
    await user.click(screen.getByRole('link', { name: 'List' }))

    await findNotice(/Unit of “Rope” was not saved: “mx”. Not this word./)
  })
})

describe('what is not saved', () => {
  const asksBeforeLeaving = () => !dispatchEvent(new Event('beforeunload', { cancelable: true }))

  it('is saved when another page is opened while one types', async () => {
    const { tarn, ada, add, project, path } = budget()
    const item = add('Rope', rope)
    const { user, app } = startApp(tarn, path, ada)
    await user.type(await cell('Unit of Rope'), 'x')
    expect(asksBeforeLeaving()).toBe(true)

    await app.router.navigate({ to: '/projects/$projectId', params: { projectId: project.id } })

    await waitFor(() => expect(item.unit).toBe('mx'))
    await waitFor(() => expect(asksBeforeLeaving()).toBe(false))
  })

  it.each([
    ['by the server', 'x', () => invalid('/unit', 'Not this word.'), 'Unit', /“mx”. Not this word/],
    ['for now', 'x', () => new Refused(503, 'unavailable', 'Later.'), 'Unit', /“mx”/],
    ['before it is sent', 'ten', () => null, 'Quantity', /“3ten”. A number/],
  ])('is there again after a refusal %s', async (_, typed, refusal, label, told) => {
    const { tarn, ada, add, project, path } = budget()
    add('Rope', rope)
    const refused = refusal()
    if (refused) tarn.refuseNext('PATCH', /items/, refused)
    const { user, app } = startApp(tarn, path, ada)
    const field = await cell(`${label} of Rope`)
    await user.type(field, typed)
    await app.router.navigate({ to: '/projects/$projectId', params: { projectId: project.id } })
    await findNotice(told)
    expect(asksBeforeLeaving()).toBe(true)

    await user.click(await screen.findByRole('link', { name: 'Items' }))

    expect(await note(`${label} of Rope`)).toBeVisible()
    expect(await cell(`${label} of Rope`)).toHaveValue(field.value)
    await user.click(screen.getByRole('button', { name: 'Discard' }))
    expect(await cell(`${label} of Rope`)).not.toHaveAttribute('aria-invalid')
    expect(asksBeforeLeaving()).toBe(false)
  })

  it('outlives the session', async () => {
    const { tarn, ada, add, path } = budget()
    const item = add('Rope', rope)
    const { user, url } = startApp(tarn, path, ada)
    await user.clear(await cell('Unit of Rope'))
    await user.type(await cell('Unit of Rope'), 'kg')
    tarn.sessions = []
    await user.tab()
    await waitFor(() => expect(url()).toMatch('/sign-in'))

    await user.type(await screen.findByLabelText('E-mail'), ada.email)
    await user.type(screen.getByLabelText('Password'), `${password}{Enter}`)

    expect(await note('Unit of Rope')).toHaveTextContent('You were signed out')
    expect(await cell('Unit of Rope')).toHaveValue('kg')
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    await waitFor(() => expect(item.unit).toBe('kg'))
  })

  it('ends with the item it is of', async () => {
    const { tarn, ada, add, path } = budget()
    add('Rope', rope)
    const { user } = startApp(tarn, path, ada)
    await user.type(await cell('Quantity of Rope'), 'x{Enter}')
    await note('Quantity of Rope')
    expect(asksBeforeLeaving()).toBe(true)

    await user.click(screen.getByRole('button', { name: 'Remove Rope' }))

    await waitFor(() => expect(asksBeforeLeaving()).toBe(false))
  })
})

describe('a change that someone else made meanwhile', () => {
  async function crossed(theirs: Partial<ItemView> = {}) {
    const all = budget()
    const item = all.add('Rope', rope)
    const app = startApp(all.tarn, all.path, all.ada)
    const quantity = await cell('Quantity of Rope')
    const noor = addUser(all.tarn, { name: 'Noor', email: 'noor@example.org', password })
    Object.assign(item, { quantity: '7', unit: '', version: 2, updatedBy: noor.id, ...theirs })
    await app.user.clear(quantity)
    await app.user.type(quantity, '4{Enter}')
    return { ...all, ...app, item, quantity, message: await note('Quantity of Rope') }
  }

  it('is shown, and nothing is lost', async () => {
    const { message, quantity, item } = await crossed()

    expect(message).toHaveTextContent(/Noor changed this at /)
    expect(message).toHaveTextContent('Quantity: 7')
    expect(message).not.toHaveTextContent('Unit')
    expect(quantity).toHaveValue('4')
    expect(item.quantity).toBe('7')
  })

  it('is none where the same is written already, as by a request whose answer was lost', async () => {
    const { tarn, ada, path, add } = budget()
    const item = add('Rope', rope)
    const { user } = startApp(tarn, path, ada)
    const quantity = await cell('Quantity of Rope')
    Object.assign(item, { quantity: '4', version: 2 })

    await user.clear(quantity)
    await user.type(quantity, '4{Enter}')

    await waitFor(() => expect(quantity).not.toHaveAttribute('aria-busy'))
    expect(quantity).not.toHaveAttribute('aria-invalid')
  })

  it('can be kept', async () => {
    const { user, quantity, sent } = await crossed()

    await user.click(screen.getByRole('button', { name: 'Keep theirs' }))

    expect(quantity).toHaveValue('7')
    expect(sent('PATCH', /items/)).toHaveLength(1)
  })

  it('can be overwritten', async () => {
    const { user, quantity, item, sent } = await crossed()

    await user.click(screen.getByRole('button', { name: 'Save mine' }))

    await waitFor(() => expect(item.quantity).toBe('4'))
    expect(sent('PATCH', /items/).at(-1)?.headers['if-match']).toBe('"2"')
    expect(quantity).toHaveValue('4')
  })

  it('is shown when it is of the formula that a number goes into', async () => {
    const { message, user, item } = await crossed({ quantity: '3', formula: 'quantity * 9' })

    expect(message).toHaveTextContent('Formula: quantity * 9')
    expect(message).not.toHaveTextContent('Quantity:')
    await user.click(screen.getByRole('button', { name: 'Save mine' }))

    await waitFor(() => expect(item).toMatchObject({ quantity: '4', total: '36' }))
  })

  it.each([
    ['nothing', {}],
    ['other cells', { name: 'Rope', unit: 'kg', unitPrice: '5' }],
  ])('is nobody’s business when it is of %s', async (_, theirs) => {
    const { tarn, ada, add, path } = budget()
    const item = add('Rope', rope)
    const { user } = startApp(tarn, path, ada)
    const quantity = await cell('Quantity of Rope')
    Object.assign(item, { version: 2, ...theirs })

    await user.clear(quantity)
    await user.type(quantity, '4{Enter}')

    await waitFor(() => expect(item).toMatchObject({ ...theirs, quantity: '4' }))
    expect(quantity).not.toHaveAttribute('aria-invalid')
  })

  it('is seen too when it came in while one typed', async () => {
    const { tarn, ada, add, project, path } = budget()
    const item = add('Rope', rope)
    const { user, app } = startApp(tarn, path, ada)
    const quantity = await cell('Quantity of Rope')
    await user.clear(quantity)
    await user.type(quantity, '4')
    Object.assign(item, { quantity: '7', unit: 'kg', version: 2 })
    await app.queryClient.refetchQueries({ queryKey: ['items', project.id] })
    await waitFor(async () => expect(await cell('Unit of Rope')).toHaveValue('kg'))

    await user.tab()

    expect(await note('Quantity of Rope')).toHaveTextContent('Quantity: 7')
    expect(item.quantity).toBe('7')
  })
})

describe('a total', () => {
  it('is shown in the digits of its currency, with all digits at hand', async () => {
    const { tarn, ada, add, path } = budget()
    add('Rope', { currency: 'EUR', total: '12345678901234567890.1251', totalState: 'done' })
    const { user } = startApp(tarn, path, ada)
    await cell('Name of Rope')

    const total = within(totalOf('Rope')).getByRole('button', {
      name: '12,345,678,901,234,567,890.1251 EUR',
    })
    expect(total).toHaveTextContent('€12,345,678,901,234,567,890.13')
    await user.click(total)
    await findNotice(/All digits are copied/)
    expect(await navigator.clipboard.readText()).toBe('12345678901234567890.1251')
  })

  it('that is rounded says so', async () => {
    const { tarn, ada, add, path } = budget()
    add('Rope', { currency: 'EUR', total: '0.333333', totalState: 'done', totalExact: false })
    startApp(tarn, path, ada)
    await cell('Name of Rope')

    expect(totalOf('Rope')).toHaveTextContent('≈ €0.33')
    expect(within(totalOf('Rope')).getByText('about 0.333333 EUR', { selector: '.sr-only' }))
  })

  it('that is pending is asked for, again and again, and by a button', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true })
    try {
      const { tarn, ada, add, path } = budget()
      tarn.calculatorAway = true
      add('Rope', rope)
      const { user, sent } = startApp(tarn, path, ada)
      const asked = () => sent('PUT', /calculation/).length
      await cell('Name of Rope')
      expect(totalOf('Rope')).toHaveTextContent('pending')
      await waitFor(() => expect(asked()).toBe(1))

      await vi.advanceTimersByTimeAsync(3_100)
      await waitFor(() => expect(asked()).toBe(2))
      await vi.advanceTimersByTimeAsync(3_100)
      expect(asked()).toBe(2)
      await vi.advanceTimersByTimeAsync(3_100)
      await waitFor(() => expect(asked()).toBe(3))

      tarn.calculatorAway = false
      await user.click(await screen.findByRole('button', { name: 'Work out Rope again' }))
      await waitFor(() => expect(totalOf('Rope')).toHaveTextContent('€7.50'))
      const after = asked()
      await vi.advanceTimersByTimeAsync(60_000)
      expect(asked()).toBe(after)
    } finally {
      vi.useRealTimers()
    }
  })

  it('that comes to nothing has the reason told at the formula, once', async () => {
    const { tarn, ada, add, path } = budget()
    add('Rope', { ...rope, formula: 'quantity * x', total: null, totalState: 'failed' })
    const { user, sent } = startApp(tarn, path, ada)

    const message = await note('Formula of Rope')
    expect(message).toHaveTextContent(noTotal)
    expect(sent('PUT', /calculation/)).toHaveLength(1)

    const formula = await cell('Formula of Rope')
    await user.clear(formula)
    await user.tab()
    await waitFor(() => expect(totalOf('Rope')).toHaveTextContent('€7.50'))
    expect(formula).not.toHaveAttribute('aria-invalid')
  })

  it('is not waited for from a calculator that is away, once for each item', async () => {
    const { tarn, ada, add, path } = budget()
    tarn.calculatorAway = true
    for (let index = 0; index < 20; index++) add(`Item ${index}`)
    const { sent } = startApp(tarn, path, ada)

    await waitFor(() => expect(sent('PUT', /calculation/)).toHaveLength(3))
    await waitFor(() => expect(sent('GET', /sums/).length).toBeGreaterThan(1))
    expect(sent('PUT', /calculation/)).toHaveLength(3)
  })
})

describe('the sums', () => {
  const sums = async () => {
    const section = await screen.findByRole('region', { name: 'Sums' })
    return Array.from(section.querySelectorAll('dl > div'), (line) => line.textContent)
  }

  it('are by currency, exact, and tell what is missing', async () => {
    const { tarn, ada, add, path } = budget()
    add('Rope', rope)
    add('Gold', { currency: 'EUR', total: '99999999999999999999', totalState: 'done' })
    add('Ladder', { currency: 'EUR', formula: 'x', total: null, totalState: 'failed' })
    add('Stove', { currency: 'USD', unitPrice: '80' })
    add('Beds', { quantity: '12', unitPrice: '1' })
    startApp(tarn, path, ada)

    expect(await sums()).toEqual([
      'EUR: 3 items, 1 without total€100,000,000,000,000,000,006.50',
      'USD: 1 item$80.00',
      'No currency: 1 item12',
    ])
  })

  it('follow each change', async () => {
    const { tarn, ada, add, path } = budget()
    add('Rope', rope)
    const { user } = startApp(tarn, path, ada)
    await waitFor(async () => expect(await sums()).toEqual(['EUR: 1 item€7.50']))

    await user.clear(await cell('Quantity of Rope'))
    await user.type(await cell('Quantity of Rope'), '4{Enter}')

    await waitFor(async () => expect(await sums()).toEqual(['EUR: 1 item€10.00']))
  })

  it('can be asked for again', async () => {
    const { tarn, ada, add, path } = budget()
    add('Rope', rope)
    tarn.refuseNext('GET', /sums/, 'offline')
    const { user } = startApp(tarn, path, ada)

    expect(await screen.findByRole('alert')).toHaveTextContent('The sums are missing')
    await user.click(await screen.findByRole('button', { name: 'Try again' }))

    expect(await sums()).toEqual(['EUR: 1 item€7.50'])
    expect(screen.queryByRole('alert')).toBeNull()
  })
})

describe("one's own items", () => {
  it('are in no project, and counted apart', async () => {
    const { tarn, ada, add } = budget()
    add('Rope', rope)
    addItem(tarn, { projectId: null, createdBy: 'another-user', name: 'Secret' })
    const { user, url, sent } = startApp(tarn, '/projects', ada)

    await user.click(await screen.findByRole('link', { name: 'My items' }))
    expect(await screen.findByText('Nothing is counted here yet')).toBeVisible()
    await user.keyboard('n')
    await user.keyboard('Boots{Enter}')

    expect(await cell('Name of Boots')).toHaveValue('Boots')
    expect(url()).toBe('/items')
    expect(document.title).toBe('My items · Tarn')
    expect(sent('POST', /items/)[0]?.json).toEqual({ projectId: null, name: 'Boots' })
    expect(await screen.findByText(/1 item/)).toBeVisible()
    await user.type(await cell('Unit price of Boots'), '{Control>}a{/Control}80{Enter}')
    await waitFor(() => expect(totalOf('Boots')).toHaveTextContent('80'))
    await user.type(screen.getByLabelText('Search items'), 'rope')
    expect(await screen.findByText('No item is called so')).toBeVisible()
    expect(url()).toBe('/items?name=rope')
  })

  it('have a trash, which gives them back', async () => {
    const { tarn, ada, add } = budget()
    add('Of the hut', { deletedAt: '2026-01-01T00:00:00Z' })
    const boots = addItem(tarn, { projectId: null, createdBy: ada.id, name: 'Boots' })
    const { user, url } = startApp(tarn, '/items', ada)

    await user.click(await screen.findByRole('button', { name: 'Remove Boots' }))
    await findNotice(/“Boots” is in the trash/)
    await user.click(screen.getByRole('link', { name: 'Trash' }))
    expect(await screen.findByText('Boots')).toBeVisible()
    expect(url()).toBe('/items/trash')
    expect(document.title).toBe('Trash of my items · Tarn')
    expect(screen.queryByText('Of the hut')).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Restore Boots' }))

    await findNotice(/“Boots” is back among your items/)
    expect(await screen.findByText('The trash is empty')).toBeVisible()
    expect(boots.deletedAt).toBeNull()
    await user.click(within(screen.getByRole('main')).getByRole('link', { name: 'My items' }))
    expect(await cell('Name of Boots')).toBeVisible()
  })

  it('in the trash are read on, and asked for again', async () => {
    const { tarn, ada } = budget()
    const deleted = { projectId: null, createdBy: ada.id, deletedAt: '2026-01-01T00:00:00Z' }
    for (let index = 1; index <= 101; index++) addItem(tarn, { ...deleted, name: `Boot ${index}` })
    tarn.refuseNext('GET', /^\/api\/items$/, 'offline', /deleted/)
    const { user } = startApp(tarn, '/items/trash', ada)
    const again = await screen.findByRole('button', { name: 'Try again' })
    tarn.refuseNext('GET', /^\/api\/items$/, 'offline', /cursor/)

    await user.click(again)
    expect(await screen.findByText('Boot 100')).toBeVisible()
    expect(await screen.findByRole('alert')).toHaveTextContent('cannot be reached')
    await user.click(screen.getByRole('button', { name: 'Try again' }))

    expect(await screen.findByText('Boot 101')).toBeVisible()
  })
})
