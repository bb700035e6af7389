import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { LocalChannel } from '@/testing/local-channel'
import type { LiveEvent } from './live-events'
import { runHub } from './live-hub'
import type { openStream } from './live-stream'
import { joinLive } from './live-tab'

type Opened = Parameters<typeof openStream>[0] & { isOpen: boolean; looks: string[][] }

/** A browser without SharedWorker: every tab may hold the stream, and counts those that are opened. */
class Browser {
  readonly opened: Opened[] = []
  private readonly name = `live ${Math.random()}`
  private tabs = 0

  open() {
    this.tabs += 1
    const channel = new LocalChannel(this.name)
    const heard: LiveEvent[] = []
    const end = runHub(channel as unknown as BroadcastChannel, `hub ${this.tabs}`, (options) => {
      const one: Opened = { ...options, isOpen: true, looks: [[...options.lookingAt]] }
      this.opened.push(one)
      return {
        look: (projects) => one.looks.push([...projects]),
        close: () => {
          one.isOpen = false
        },
      }
    })
    const tab = joinLive((event) => heard.push(event), this.name)
    tab.listen()
    return {
      ...tab,
      heard,
      close: () => {
        tab.stop()
        end()
        channel.close()
      },
      freeze: () => channel.close(),
    }
  }

  get streams() {
    return this.opened.filter(({ isOpen }) => isOpen)
  }

  tell(event: LiveEvent, position: string) {
    for (const stream of this.streams) stream.onEvent(event, position)
  }
}

const later = (ms: number) => vi.advanceTimersByTimeAsync(ms)
const changeOf = (id: string): LiveEvent => ({
  name: 'change',
  change: { type: 'task.changed', id, project: 'p1', version: 2, by: null },
})

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('BroadcastChannel', LocalChannel)
})
afterEach(() => {
  vi.useRealTimers()
})

describe('the tabs of a browser', () => {
  it('are told that there is no stream, also those that are opened later', async () => {
    const browser = new Browser()
    const first = browser.open()
    await later(1_000)
    const missed: LiveEvent = { name: 'missed', why: 'too-many' }
    browser.streams[0]?.onEvent(missed, null)
    const second = browser.open()
    await later(1_000)

    expect(first.heard).toEqual([missed])
    expect(second.heard).toEqual([missed])
    browser.tell({ name: 'ready', isFresh: true }, 'a-1')
    const third = browser.open()
    await later(1_000)
    expect(third.heard).toEqual([])
    for (const tab of [first, second, third]) tab.close()
  })

  it('share one stream, and all hear what it tells', async () => {
    const browser = new Browser()
    const tabs = Array.from({ length: 8 }, () => browser.open())
    await later(1_000)

    expect(browser.opened).toHaveLength(1)
    browser.tell(changeOf('t1'), 'a-1')
    await later(0)
    for (const { heard } of tabs) expect(heard).toEqual([changeOf('t1')])
    for (const tab of tabs) tab.close()
    expect(browser.streams).toEqual([])
  })

  it('go on from the last position when the one that holds the stream is closed', async () => {
    const browser = new Browser()
    const first = browser.open()
    await later(1_000)
    const second = browser.open()
    await later(1_000)
    browser.tell(changeOf('t1'), 'a-1')
    await later(0)

    first.close()
    await later(500)

    expect(browser.opened.map(({ position }) => position)).toEqual([null, 'a-1'])
    browser.tell(changeOf('t2'), 'a-2')
    await later(0)
    expect(second.heard).toEqual([changeOf('t1'), changeOf('t2')])
    second.close()
  })

  it('miss one that vanished without a word within 11 seconds', async () => {
    const browser = new Browser()
    const first = browser.open()
    await later(1_000)
    const second = browser.open()
    await later(1_000)

    first.freeze()
    await later(11_000)

    expect(browser.opened).toHaveLength(2)
    browser.tell(changeOf('t1'), 'a-1')
    await later(0)
    expect(second.heard).toEqual([changeOf('t1')])
    second.close()
  })

  it('tell what is looked at, whoever looks, and drop it only when nobody has for a while', async () => {
    const browser = new Browser()
    const [one, other] = [browser.open(), browser.open()]
    await later(1_000)

    one.look(['p1'])
    other.look(['p2'])
    await later(500)
    one.look(['p2'])
    await later(5_000)
    one.look(['p1'])
    await later(20_000)
    expect(browser.opened[0]?.looks).toEqual([[], ['p1', 'p2']])

    other.close()
    await later(11_000)
    expect(browser.opened.at(-1)?.looks.at(-1)).toEqual(['p1'])
    one.close()
  })

  it('hear what came while they were reading their first page, and who is there', async () => {
    const browser = new Browser()
    const first = browser.open()
    await later(1_000)
    browser.tell(changeOf('t1'), 'a-1')
    const here: LiveEvent = { name: 'presence', project: 'p1', users: ['u1'] }
    browser.tell(here, 'a-1')
    await later(0)

    const second = browser.open()
    await later(1_000)

    expect(second.heard).toEqual([changeOf('t1'), here])
    expect(first.heard).toEqual([changeOf('t1'), here])
    first.close()
    second.close()
  })

  it('hold the stream themselves where no worker answers', async () => {
    const onSilence = vi.fn()
    const tab = joinLive(() => undefined, 'nobody here', onSilence)
    tab.listen()
    await later(4_000)
    expect(onSilence).not.toHaveBeenCalled()
    await later(2_000)
    expect(onSilence).toHaveBeenCalledOnce()
    tab.stop()
  })

  it.each([
    ['the tab that held it', 0],
    ['another tab', 1],
  ])('have a stream again when a user signs in on %s after it has ended', async (_, stays) => {
    const browser = new Browser()
    const tabs = [browser.open()]
    await later(1_000)
    tabs.push(browser.open())
    await later(1_000)
    browser.tell(changeOf('t1'), 'a-1')
    browser.tell({ name: 'presence', project: 'p1', users: ['u1'] }, 'a-1')
    browser.streams[0]?.onEnd('signed-out')

    await later(30_000)
    expect(browser.opened).toHaveLength(1)
    for (const { heard } of tabs)
      expect(heard.slice(-2)).toEqual([
        { name: 'presence', project: 'p1', users: [] },
        { name: 'signed-out' },
      ])
    tabs[1 - stays]?.close()
    tabs[stays]?.listen()
    await later(500)

    expect(browser.opened).toHaveLength(2)
    expect(browser.opened[1]?.position).toBeNull()
    tabs[stays]?.close()
  })
})
