import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { act, fireEvent, render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { AddBox } from './add-box'
import { initialsOf } from './avatar'
import { ago, dayOf, fromInputs, fullDate, isOver, setReaderZone, timeOf, toInputs } from './dates'
import { legible } from './legible'
import { Markdown } from './markdown'
import { ServerHtml } from './server-html'
import { Toaster, toast, toastProblem } from './toast'

const now = new Date('2026-11-21T10:00:00')
const at = (local: string) => new Date(local).toISOString()

describe('dates', () => {
  it.each([
    ['2026-11-21T23:59:00', 'Today'],
    ['2026-11-22T00:01:00', 'Tomorrow'],
    ['2026-11-20T08:00:00', 'Yesterday'],
    ['2026-11-25T08:00:00', 'Wednesday'],
  ])('near by are words: %s is %s', (local, text) => {
    expect(dayOf(at(local), now).text).toBe(text)
  })

  it('far away name day and month, and the year when it is another', () => {
    expect(dayOf(at('2026-12-24T12:00:00'), now).text).toMatch(/24/)
    expect(dayOf(at('2027-12-24T12:00:00'), now).text).toMatch(/2027/)
  })

  it('survive the way through the form', () => {
    const instant = at('2026-12-24T18:30:00').replace('.000', '')
    const { date, time } = toInputs(instant)
    expect(fromInputs(date, time)).toBe(instant)
    expect(toInputs(null)).toEqual({ date: '', time: '' })
    expect(fromInputs('', '10:00')).toBeNull()
    expect(fromInputs('2026-99-99', '')).toBeNull()
  })

  describe('where the reader is', () => {
    afterEach(() => setReaderZone(undefined))

    it.each([
      ['Europe/Berlin', '2026-12-24T22:59:59Z', false],
      ['Europe/Berlin', '2026-12-24T23:00:00Z', true],
      ['America/Los_Angeles', '2026-12-25T07:59:59Z', false],
      ['America/Los_Angeles', '2026-12-25T08:00:00Z', true],
      ['Pacific/Kiritimati', '2026-12-24T09:59:59Z', false],
      ['Pacific/Kiritimati', '2026-12-24T10:00:00Z', true],
    ])('a date is over when its day has ended: in %s at %s it is %s', (zone, at, over) => {
      setReaderZone(zone)
      expect(isOver('2026-12-24', new Date(at))).toBe(over)
      expect(dayOf('2026-12-24', new Date(at)).text).toBe(over ? 'Yesterday' : 'Today')
      expect(fullDate('2026-12-24')).toMatch(/24/)
      expect(timeOf('2026-12-24')).toBe('')
    })

    it('a time is over when it has passed, and is shown as on the clock there', () => {
      setReaderZone('Asia/Tokyo')
      expect(isOver('2026-12-24T17:00:00Z', new Date('2026-12-24T17:00:01Z'))).toBe(true)
      expect(isOver('2026-12-24T17:00:00Z', new Date('2026-12-24T16:59:59Z'))).toBe(false)
      expect(toInputs('2026-12-24T17:00:00Z')).toEqual({ date: '2026-12-25', time: '02:00' })
      expect(dayOf('2026-12-24T17:00:00Z', new Date('2026-12-24T16:00:00Z')).text).toBe('Today')
    })

    it.each([
      ['Europe/Berlin', '2026-03-29', '01:30', '2026-03-29T00:30:00Z'],
      ['Europe/Berlin', '2026-03-29', '03:30', '2026-03-29T01:30:00Z'],
      ['Europe/Berlin', '2026-10-25', '02:30', '2026-10-25T00:30:00Z'],
      ['Europe/Berlin', '2026-10-25', '03:30', '2026-10-25T02:30:00Z'],
      ['America/Havana', '2026-11-01', '00:30', '2026-11-01T04:30:00Z'],
      ['Pacific/Kiritimati', '2026-12-24', '00:00', '2026-12-23T10:00:00Z'],
    ])('what is typed in %s on %s at %s is %s', (zone, date, time, instant) => {
      setReaderZone(zone)
      expect(fromInputs(date, time)).toBe(instant)
      expect(toInputs(instant)).toEqual({ date, time })
    })

    it('a date alone stays one', () => {
      setReaderZone('Pacific/Kiritimati')
      expect(fromInputs('2026-12-24', '')).toBe('2026-12-24')
      expect(toInputs('2026-12-24')).toEqual({ date: '2026-12-24', time: '' })
    })
  })

  it('of the past are told as a distance', () => {
    expect(ago(at('2026-11-21T09:59:30'), now)).toBe('just now')
    expect(ago(at('2026-11-21T09:30:00'), now)).toBe('30 minutes ago')
    expect(ago(at('2026-11-18T10:00:00'), now)).toBe('3 days ago')
  })
})

describe('names', () => {
  it('of invisible characters are given a word', () => {
    for (const invisible of ['', ' ', '\u3164', '\u200b', '\u2800'])
      expect(legible(invisible)).toBe('Untitled')
    expect(legible('—')).toBe('—')
    expect(legible('🏔️')).toBe('🏔️')
  })

  it('are shortened to initials', () => {
    expect(initialsOf('Ada Maria Brandt')).toBe('AB')
    expect(initialsOf('noor')).toBe('N')
    expect(initialsOf('  ')).toBe('?')
  })
})

/** Until the test ends, however it ends. */
function useFakeTimers() {
  vi.useFakeTimers({ shouldAdvanceTime: true })
  onTestFinished(() => void vi.useRealTimers())
}

describe('notices', () => {
  it('go by themselves, by hand, and once their action is taken', async () => {
    useFakeTimers()
    const user = userEvent.setup({ advanceTimers: vi.advanceTimersByTime })
    const undo = vi.fn()
    render(<Toaster />)
    act(() => {
      toast('Done.', { label: 'Undo', run: undo })
      toastProblem('Broken.')
      toast('Twice.')
      toast('Twice.')
    })
    expect(screen.getAllByText('Twice.')).toHaveLength(1)

    await user.click(screen.getByRole('button', { name: 'Undo' }))
    expect(undo).toHaveBeenCalledOnce()
    expect(screen.queryByText('Done.')).toBeNull()

    await user.click(screen.getAllByRole('button', { name: 'Dismiss' })[0] as HTMLElement)
    expect(screen.queryByText('Broken.')).toBeNull()

    act(() => vi.advanceTimersByTime(8_000))
    expect(screen.queryByText('Twice.')).toBeNull()
  })

  it('keep each offer, even when they read the same', () => {
    render(<Toaster />)
    act(() => {
      toast('The comment is deleted.', { label: 'Undo', run() {} })
      toast('The comment is deleted.', { label: 'Undo', run() {} })
      for (const word of ['One.', 'Two.', 'Three.', 'Four.']) toast(word)
    })

    expect(screen.getAllByRole('button', { name: 'Undo' })).toHaveLength(2)
    expect(screen.queryByText('One.')).toBeNull()
    expect(screen.getByText('Two.')).toBeVisible()
  })

  it('stay while someone is at them', async () => {
    useFakeTimers()
    const user = userEvent.setup({ advanceTimers: vi.advanceTimersByTime })
    render(<Toaster />)
    act(() => toast('Done.', { label: 'Undo', run() {} }))
    const wait = () => act(() => vi.advanceTimersByTime(16_000))

    await user.hover(screen.getByText('Done.'))
    wait()
    await user.unhover(screen.getByText('Done.'))
    act(() => screen.getByRole('button', { name: 'Undo' }).focus())
    wait()
    expect(screen.getByText('Done.')).toBeVisible()

    act(() => screen.getByRole('button', { name: 'Undo' }).blur())
    wait()
    expect(screen.queryByText('Done.')).toBeNull()
  })

  it('offer again what failed', async () => {
    const user = userEvent.setup()
    const undo = vi.fn(() => Promise.resolve()).mockRejectedValueOnce(new Error('away'))
    render(<Toaster />)
    act(() => toast('Done.', { label: 'Undo', run: undo }))

    await user.click(screen.getByRole('button', { name: 'Undo' }))
    await user.click(await screen.findByRole('button', { name: 'Undo' }))

    expect(undo).toHaveBeenCalledTimes(2)
    expect(screen.queryByText('Done.')).toBeNull()
  })
})

describe('a line that adds', () => {
  /** As a browser does: Enter submits the form, unless that was prevented. */
  function enter(box: HTMLInputElement, more: KeyboardEventInit = {}) {
    if (fireEvent.keyDown(box, { key: 'Enter', ...more }) && box.form) fireEvent.submit(box.form)
  }

  it('leaves Enter and Escape to an input method that composes', async () => {
    const onAdd = vi.fn()
    render(
      <AddBox label="Add" maxLength={9} onAdd={onAdd} waiting={[]} refused={null} problem={null} />,
    )
    const box = screen.getByLabelText<HTMLInputElement>('Add')
    await userEvent.type(box, 'にほん')

    enter(box, { isComposing: true })
    enter(box, { keyCode: 229 })
    fireEvent.keyDown(box, { key: 'Escape', isComposing: true })
    expect(onAdd).not.toHaveBeenCalled()
    expect(box).toHaveValue('にほん')

    enter(box)
    expect(onAdd).toHaveBeenCalledExactlyOnceWith('にほん')
  })
})

describe('HTML of the server', () => {
  it('keeps the breaks between lines, and nothing in the styles draws them twice or not at all', () => {
    const { container } = render(<ServerHtml html={'<p>one<br />\ntwo</p><pre>a\n  b</pre>'} />)
    const { prose = '' } =
      /\n\.prose \{(?<prose>[\s\S]*?)\n\}/.exec(
        readFileSync(join(import.meta.dirname, 'theme.css'), 'utf8'),
      )?.groups ?? {}

    expect(container.querySelectorAll('p br')).toHaveLength(1)
    expect(container.querySelector('pre')).toHaveTextContent('a\n  b', {
      normalizeWhitespace: false,
    })
    expect(prose).toContain('overflow-wrap')
    expect(prose).not.toMatch(/white-space|& br|display: none/)
  })
})

describe('Markdown', () => {
  it('keeps single line breaks, and how the columns of a table are aligned', () => {
    const { container } = render(
      <Markdown>{'one\ntwo\n\n| a | b | c |\n|:-:|--:|---|\n| 1 | 2 | 3 |'}</Markdown>,
    )
    expect(container.querySelectorAll('p br')).toHaveLength(1)
    expect([...container.querySelectorAll('td')].map(({ style }) => style.textAlign)).toEqual([
      'center',
      'right',
      '',
    ])
  })

  it('leads away only to addresses', () => {
    render(
      <Markdown>{'[on](https://example.org) [not](javascript:alert(1)) ![p](data:x)'}</Markdown>,
    )

    expect(screen.getAllByRole('link').map((link) => link.textContent)).toEqual(['on'])
    expect(screen.getByText(/not/)).toBeVisible()
  })
})
