/** The channels of one browser, in memory, so that time can be faked around them. */
export class LocalChannel extends EventTarget {
  private static readonly all = new Set<LocalChannel>()
  private readonly name: string

  constructor(name: string) {
    super()
    this.name = name
    LocalChannel.all.add(this)
  }

  postMessage(data: unknown) {
    const others = [...LocalChannel.all].filter((one) => one !== this && one.name === this.name)
    const copy = structuredClone(data)
    queueMicrotask(() => {
      for (const one of others)
        if (LocalChannel.all.has(one))
          one.dispatchEvent(new MessageEvent('message', { data: copy }))
    })
  }

  /** As when its page is frozen or has crashed: it neither hears nor says anything more. */
  close() {
    LocalChannel.all.delete(this)
    this.postMessage = () => undefined
  }
}
