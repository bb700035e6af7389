import { screen, waitFor } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { Refused } from '@/testing/fake-call'
import { startApp, tarnWithAda } from '@/testing/start-app'
import { namesIn } from './names-in'
import { forgetQuestions } from './use-question'

const sent = (tarn: ReturnType<typeof tarnWithAda>['tarn']) =>
  tarn.requests
    .filter((request) => request.url === '/api/calculations')
    .map((request) => JSON.parse(request.body))

beforeEach(forgetQuestions)

describe('the calculator', () => {
  it('shows the value of what is typed, once one pauses', async () => {
    const { tarn, ada } = tarnWithAda()
    const { user } = startApp(tarn, '/projects', ada)
    await user.click(await screen.findByRole('link', { name: 'Calculator' }))

    await user.type(await screen.findByLabelText('Expression'), '1 + 2.5')

    expect(await screen.findByRole('status', { name: 'Result' })).toHaveTextContent('3.5')
    expect(screen.getByRole('treeitem', { name: '+ is 3.5' })).toBeVisible()
    expect(screen.getByText('Exactly this.')).toBeVisible()
    await user.type(screen.getByLabelText('Decimal places'), '2')
    await waitFor(() =>
      expect(sent(tarn).at(-1)).toEqual({
        expression: '1 + 2.5',
        variables: {},
        scale: 2,
        steps: true,
      }),
    )
    expect(await screen.findByText(/Rounded/)).toBeVisible()
  })

  it('asks for the value of each name', async () => {
    const { tarn, ada } = tarnWithAda()
    const { user } = startApp(tarn, '/calculator', ada)

    await user.type(await screen.findByLabelText('Expression'), 'constructor + sum(cups)')
    await user.type(screen.getByLabelText('constructor'), '2')
    await user.type(screen.getByLabelText('cups'), '3')

    await waitFor(() =>
      expect(sent(tarn).at(-1)?.variables).toEqual({ constructor: '2', cups: '3' }),
    )
  })

  it('draws what the expression is made of', async () => {
    const { tarn, ada } = tarnWithAda()
    const { user } = startApp(tarn, '/calculator', ada)

    await user.type(await screen.findByLabelText('Expression'), 'sum(cups) + 2')
    await user.type(screen.getByLabelText('cups'), '3')

    expect(await screen.findByRole('treeitem', { name: '+ is 5' })).toContainElement(
      screen.getByRole('treeitem', { name: 'sum is 3' }),
    )
    await user.clear(screen.getByLabelText('Expression'))
    await waitFor(() => expect(screen.queryByRole('tree')).toBeNull())
  })

  it('takes the tree away when the expression is wrong', async () => {
    const { tarn, ada } = tarnWithAda()
    const { user } = startApp(tarn, '/calculator', ada)
    await user.type(await screen.findByLabelText('Expression'), '1 + 2')
    expect(await screen.findByRole('tree')).toBeVisible()

    await user.type(screen.getByLabelText('Expression'), 'x 3')

    expect(await screen.findByText('This cannot be worked out.')).toBeVisible()
    expect(screen.queryByRole('tree')).toBeNull()
  })

  it('points at what is wrong', async () => {
    const { tarn, ada } = tarnWithAda()
    const detail = 'Nothing can be divided by 0.'
    const place = { pointer: '/expression', code: 'division-by-zero', detail, position: 2 }
    tarn.refuseNext('POST', /calculations/, new Refused(422, 'division-by-zero', detail, [place]))
    const { user } = startApp(tarn, '/calculator', ada)

    await user.click(await screen.findByLabelText('Expression'))
    await user.paste('1 / 0')

    expect(await screen.findByText(detail)).toBeVisible()
    expect(screen.getByText('/', { selector: 'mark' })).toBeVisible()
  })
})

describe('what is asked of the calculator', () => {
  it('stands in the address, which can be shared', async () => {
    const { tarn, ada } = tarnWithAda()
    const { user, url, app } = startApp(tarn, '/calculator', ada)
    const before = app.router.history.length

    await user.type(await screen.findByLabelText('Expression'), 'cups + 2')
    await user.type(screen.getByLabelText('cups'), '3')
    await user.type(screen.getByLabelText('Decimal places'), '1')

    await waitFor(() =>
      expect(url()).toBe('/calculator?expression=cups+%2B+2&places=1&value.cups=3'),
    )
    expect(app.router.history.length).toBe(before)
  })

  it('is read off the address', async () => {
    const { tarn, ada } = tarnWithAda()
    startApp(tarn, '/calculator?expression=cups+%2B+2&places=1&value.cups=4', ada)

    expect(await screen.findByLabelText('Expression')).toHaveValue('cups + 2')
    expect(screen.getByLabelText('cups')).toHaveValue('4')
    expect(await screen.findByRole('status', { name: 'Result' })).toHaveTextContent('6.0')
  })

  it('is there again after a look at another page, for the same person', async () => {
    const { tarn, ada } = tarnWithAda()
    const { user, url, app } = startApp(tarn, '/calculator', ada)
    await user.type(await screen.findByLabelText('Expression'), 'tents + 2')
    await user.type(screen.getByLabelText('tents'), '3')

    await user.click(screen.getByRole('link', { name: 'All projects' }))
    await screen.findByRole('heading', { name: 'Projects', level: 1 })
    await user.click(screen.getByRole('link', { name: 'Calculator' }))

    expect(await screen.findByLabelText('Expression')).toHaveValue('tents + 2')
    expect(screen.getByLabelText('tents')).toHaveValue('3')
    await waitFor(() => expect(url()).toMatch(/value.tents=3/))
    await user.clear(screen.getByLabelText('Expression'))
    await waitFor(() => expect(app.router.state.location.search).toEqual({}))
  })

  it('may be made of what the server says', async () => {
    const { tarn, ada } = tarnWithAda()
    const { user } = startApp(tarn, '/calculator', ada)

    await user.click(await screen.findByText('What can be written'))

    expect(screen.getByText('if(a, b, c)')).toBeVisible()
    expect(screen.getByText('sum(a, …)')).toBeVisible()
    expect(screen.getByText('all of them')).toBeVisible()
  })
})

describe('the names in an expression', () => {
  it('are its words that are not called, each once', () => {
    expect(namesIn('a * b + sum (a, größe_2) - 1e3')).toEqual(['a', 'b', 'größe_2'])
  })
})
