import { fireEvent, screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { Refused } from '@/testing/fake-call'
import { startApp, tarnWithAda } from '@/testing/start-app'

const board = JSON.stringify({
  name: 'Hut',
  lists: [{ id: 'l1', name: 'Soon' }],
  cards: [
    { name: 'Rope', idList: 'l1' },
    { name: 'Photo', idList: 'l1', attachments: [{}, {}] },
  ],
})
const fileOf = (text: string, name = 'hut.json') => new File([text], name)

async function chooseAndImport(text: string) {
  const { tarn, ada } = tarnWithAda()
  const app = startApp(tarn, '/import', ada)
  await app.user.upload(await screen.findByLabelText(/Drop a file here/), fileOf(text))
  await app.user.click(screen.getByRole('button', { name: 'Import' }))
  return { tarn, ...app }
}

describe('importing a file', () => {
  it('sends it as it is, and reports what came along and what did not', async () => {
    const { user, url, sent } = await chooseAndImport(board)

    expect(await screen.findByText('“Hut” is here')).toBeVisible()
    expect(screen.getByText('1 section · 2 tasks')).toBeVisible()
    expect(screen.getByText('1 left out')).toBeVisible()
    expect(screen.getByText(/2 attachments of “Photo”/)).toHaveTextContent('/cards/1/attachments')
    expect(sent('POST', /imports\?fileName=hut.json/)[0]).toMatchObject({
      headers: { 'content-type': 'application/json' },
      json: JSON.parse(board),
    })

    await user.click(screen.getByRole('link', { name: 'Open the project' }))
    expect(await screen.findByRole('link', { name: 'Rope' })).toBeVisible()
    expect(url()).toMatch(/view=board/)
  })

  it('says clearly where a file is broken, and takes another', async () => {
    const { user } = await chooseAndImport('{"lists": [')

    const alert = await screen.findByRole('alert')
    expect(alert).toHaveTextContent('This file cannot be read')
    expect(alert).toHaveTextContent('line 3, column 18')
    expect(alert).toHaveTextContent('/cards/1/name')

    await user.upload(screen.getByLabelText(/hut.json/), fileOf(board, 'other.json'))
    expect(screen.queryByRole('alert')).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Import' }))
    await user.click(await screen.findByRole('button', { name: 'Import another file' }))
    expect(screen.getByLabelText(/Drop a file here/)).toBeVisible()
  })

  it('takes a file that is dropped, under another name and as a given format', async () => {
    const { tarn, ada } = tarnWithAda()
    const { user, sent } = startApp(tarn, '/import', ada)
    const drop = (await screen.findByLabelText(/Drop a file here/)).closest('label') as HTMLElement

    fireEvent.dragOver(drop)
    expect(drop).toHaveClass('bg-accent-wash')
    fireEvent.dragLeave(drop)
    fireEvent.drop(drop, { dataTransfer: { files: [fileOf(board, 'list.csv')] } })
    await user.type(screen.getByLabelText('Project name'), 'Winter')
    await user.selectOptions(screen.getByLabelText('Format'), 'trello')
    await user.click(screen.getByRole('button', { name: 'Import' }))

    expect(await screen.findByText('“Winter” is here')).toBeVisible()
    const [request] = sent('POST', /imports\?/)
    expect(request?.url).toContain(
      '/api/imports?format=trello&name=Winter&fileName=list.csv&timeZone=',
    )
    expect(request?.headers['content-type']).toBe('text/csv')
  })

  it('asks the server how it would read the file, and names no charset that nobody chose', async () => {
    const { tarn, ada } = tarnWithAda()
    const { user } = startApp(tarn, '/import', ada)
    const german = new File(
      ['title,due\nGr', new Uint8Array([0xfc, 0xdf]), 'e bestellen,2026-12-01\n'.repeat(9_000)],
      'list.csv',
    )
    await user.upload(await screen.findByLabelText(/Drop a file here/), german)

    expect(await screen.findByText(/“Gr.+e bestellen”/)).toBeVisible()
    const charset = screen.getByLabelText('Charset')
    expect(charset).toHaveDisplayValue(
      'Guessed by Tarn at its beginning: Windows-1252 (Western Europe)',
    )
    const [preview] = tarn.requests.filter(({ url }) => url.includes('/preview'))
    expect(preview?.url).toBe('/api/imports/preview')
    expect(preview?.body.length).toBeLessThan(64 * 1024 + 1)

    await user.click(screen.getByRole('button', { name: 'Import' }))
    await screen.findByRole('alert')
    expect(tarn.requests.at(-1)?.url).toMatch(/imports\?(?!.*charset)/)
  })

  it('sends the charset that was chosen, until the choice is left to the server again', async () => {
    const { tarn, ada } = tarnWithAda()
    const { user } = startApp(tarn, '/import', ada)
    await user.upload(await screen.findByLabelText(/Drop a file here/), fileOf('a\nb', 'a.csv'))
    const charset = screen.getByLabelText('Charset')
    await waitFor(() => expect(charset).toHaveDisplayValue('Found: UTF-8'))

    await user.selectOptions(charset, 'windows-1250')
    await waitFor(() =>
      expect(tarn.requests.at(-1)?.url).toBe('/api/imports/preview?charset=windows-1250'),
    )
    await user.click(screen.getByRole('button', { name: 'Import' }))
    await screen.findByRole('alert')
    expect(tarn.requests.at(-1)?.url).toMatch(/imports\?charset=windows-1250/)

    await user.selectOptions(charset, '')
    await waitFor(() => expect(charset).toHaveDisplayValue('Found: UTF-8'))
  })

  it('does not even try a file of more than 100 MB', async () => {
    const { tarn, ada } = tarnWithAda()
    const { user } = startApp(tarn, '/import', ada)
    const large = fileOf('x')
    Object.defineProperty(large, 'size', { value: 101 * 1024 * 1024 })

    await user.upload(await screen.findByLabelText(/Drop a file here/), large)

    expect(screen.getByText(/101 MB: that is more than the 100 MB/)).toBeVisible()
    expect(screen.getByRole('button', { name: 'Import' })).toBeDisabled()
  })

  it('sends the same again under the same key, so that a lost answer imports nothing twice', async () => {
    const { tarn, ada } = tarnWithAda()
    tarn.refuseNext('POST', /imports$/, 'offline')
    tarn.refuseNext('POST', /imports$/, 'offline')
    const { user, sent } = startApp(tarn, '/import', ada)
    const hut = new File([board], 'hut.json', { lastModified: 1 })
    await user.upload(await screen.findByLabelText(/Drop a file here/), hut)
    await user.click(screen.getByRole('button', { name: 'Import' }))
    expect(await screen.findByRole('alert')).toHaveTextContent('is not imported twice')

    await user.type(screen.getByLabelText('Project name'), 'Winter')
    await user.click(screen.getByRole('button', { name: 'Import' }))
    await screen.findByRole('alert')
    await user.upload(
      screen.getByLabelText(/hut.json/),
      new File([board], 'hut.json', { lastModified: 1 }),
    )
    await user.click(screen.getByRole('button', { name: 'Import' }))

    expect(await screen.findByText('“Winter” is here')).toBeVisible()
    const keys = sent('POST', /imports\?/).map(({ headers }) => headers['idempotency-key'])
    expect(keys).toHaveLength(3)
    expect(keys[1]).not.toBe(keys[0])
    expect(keys[2]).toBe(keys[1])
  })

  it.each([
    ['offline' as const, /cannot be reached/],
    [new Refused(413, 'too-large', 'At most 100 MB.'), /At most 100 MB/],
  ])('says when it did not work: %s', async (refused, message) => {
    const { tarn, ada } = tarnWithAda()
    tarn.refuseNext('POST', /imports$/, refused)
    const { user } = startApp(tarn, '/import', ada)
    await user.upload(await screen.findByLabelText(/Drop a file here/), fileOf('a,b', 'a.txt'))

    await user.click(screen.getByRole('button', { name: 'Import' }))

    await waitFor(() => expect(screen.getByRole('alert')).toHaveTextContent(message))
  })

  it('tells when everything came along', async () => {
    await chooseAndImport('{"name": "Empty"}')

    expect(await screen.findByText('An empty project')).toBeVisible()
    expect(screen.getByText('Everything in the file came along.')).toBeVisible()
  })
})

describe('the name of the project', () => {
  it('is refused where something in it cannot be seen, as other names are', async () => {
    const { tarn, ada } = tarnWithAda()
    const { user, sent } = startApp(tarn, '/import', ada)
    await user.upload(await screen.findByLabelText(/Drop a file here/), fileOf(board))
    const name = screen.getByLabelText('Project name')

    await user.type(name, 'Win\u200bter')
    await user.click(screen.getByRole('button', { name: 'Import' }))
    expect(name).toHaveAccessibleDescription(/invisible character in it \(U\+200B\)/)
    expect(sent('POST', /imports\?/)).toEqual([])

    await user.clear(name)
    await user.type(name, ' Winter ')
    await user.click(screen.getByRole('button', { name: 'Import' }))
    expect(await screen.findByText('“Winter” is here')).toBeVisible()
  })
})

describe('the columns of a table', () => {
  const table = 'Summary;Deadline;Owner;Tags;Labels\nRope;24.12.2026;Ada;x;y\n'

  async function chooseTable(text: string, name = 'list.csv') {
    const { tarn, ada } = tarnWithAda()
    const app = startApp(tarn, '/import', ada)
    await app.user.upload(await screen.findByLabelText(/Drop a file here/), fileOf(text, name))
    const columns = () =>
      new URL(tarn.requests.at(-1)?.url ?? '', 'http://tarn').searchParams.get('columns')
    return { tarn, columns, ...app }
  }
  const chosen = (label: string) =>
    screen.getByLabelText<HTMLSelectElement>(label).selectedOptions[0]?.textContent
  const runImport = () => screen.getByRole('button', { name: 'Import' })

  it('are shown with what they become, and left to the server as they are', async () => {
    const { user, columns } = await chooseTable(table)

    expect(await screen.findByLabelText('Title')).toHaveDisplayValue('Summary')
    expect(chosen('Due')).toBe('Deadline')
    expect(chosen('Labels')).toBe('Labels, Tags')
    expect(chosen('Priority')).toBe('No column')
    expect(screen.getByText(/Kept as text/)).toHaveTextContent(/: Owner\.$/)

    await user.click(runImport())
    await screen.findByRole('alert')
    expect(columns()).toBeNull()
  })

  it('become what one says', async () => {
    const { user, columns } = await chooseTable(table)

    await user.selectOptions(await screen.findByLabelText('Title'), 'Owner')
    await user.selectOptions(screen.getByLabelText('Due'), 'Tags')
    await user.selectOptions(screen.getByLabelText('Starts'), 'Deadline')
    expect(chosen('Labels')).toBe('Labels')
    await user.selectOptions(screen.getByLabelText('Section'), 'Tags')
    expect(chosen('Due')).toBe('No column')
    expect(screen.getByText(/Kept as text/)).toHaveTextContent(/: Summary\.$/)
    await user.click(runImport())

    await screen.findByRole('alert')
    expect(columns()).toBe('title:Owner,start:Deadline,section:Tags')
    await user.selectOptions(screen.getByLabelText('Section'), '')
    await user.click(runImport())
    await waitFor(() => expect(columns()).toBe('title:Owner,start:Deadline'))
  })

  it('are asked for where no header says which of them holds the titles', async () => {
    const { tarn, user } = await chooseTable('Tool,Where\nRake,shed\n')
    const detail = 'No column holds titles.'
    const refusal = new Refused(422, 'import-invalid', detail, [
      { pointer: '', code: 'no-title-column', detail },
    ])
    tarn.refuseNext('POST', /imports$/, refusal)
    const title = await screen.findByLabelText('Title')
    expect(title).toHaveAccessibleDescription('Choose the column that holds the titles.')

    await user.click(runImport())
    await waitFor(() => expect(title).toBeInvalid())
    expect(screen.queryByRole('alert')).toBeNull()

    await user.selectOptions(title, 'Tool')
    expect(title).toBeValid()
  })

  it('and the other choices show what the server refuses', async () => {
    const { tarn, user } = await chooseTable(table)
    await screen.findByLabelText('Title')
    const refused = async (pointer: string, detail: string, code = 'invalid') => {
      const refusal = new Refused(400, 'invalid', detail, [{ pointer, code, detail }])
      tarn.refuseNext('POST', /imports$/, refusal)
      await user.click(runImport())
      await screen.findByText(detail)
      expect(screen.queryByText(/Nothing was imported/)).toBeNull()
    }

    await refused('?name', 'Too long.')
    expect(screen.getByLabelText('Project name')).toHaveAccessibleDescription('Too long.')
    await refused('?format', 'Another one.')
    expect(screen.getByLabelText('Format')).toHaveAccessibleDescription('Another one.')
    await refused('?columns', 'No such column.', 'invalid-columns')
    expect(screen.getByRole('group', { name: 'Columns' })).toHaveTextContent('No such column.')
  })

  it('are not asked for where the file names them itself', async () => {
    const { user } = await chooseTable('TYPE,CONTENT\ntask,Rope\n')
    await user.selectOptions(screen.getByLabelText('Format'), 'csv')
    expect(await screen.findByLabelText('Title')).toHaveDisplayValue('CONTENT')

    await user.selectOptions(screen.getByLabelText('Format'), '')
    await waitFor(() => expect(screen.queryByLabelText('Title')).toBeNull())
    await user.upload(screen.getByLabelText(/list.csv/), fileOf(board))
    expect(screen.queryByLabelText('Title')).toBeNull()
  })
})
