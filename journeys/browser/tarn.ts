import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { test as base } from '@playwright/test'

const command = fileURLToPath(new URL('../../tarn', import.meta.url))

/** `./tarn up` as a user runs it, on a port and a data folder of its own. */
export class Tarn {
  private process: ChildProcess | undefined
  private output = ''

  private constructor(
    private readonly port: number,
    private readonly home: string,
    private readonly split: boolean,
  ) {}

  static async start(split: boolean) {
    const home = await mkdtemp(join(tmpdir(), 'tarn-journey-'))
    const tarn = new Tarn(await freePort(), home, split)
    await tarn.up()
    return tarn
  }

  get url() {
    return `http://localhost:${this.port}`
  }

  /** Starts it and waits until it says that it is ready; with a clock set ahead by faketime. */
  async up({ daysAhead = 0 } = {}) {
    const up = [command, 'up', '--port', String(this.port), ...(this.split ? ['--split'] : [])]
    const [program = '', ...args] = daysAhead ? ['faketime', '-m', '-f', `+${daysAhead}d`, ...up] : up
    const process = spawn(program, args, {
      detached: true,
      // It lives for minutes: compiling well would cost more than it brings.
      env: {
        ...withoutSettings(),
        TARN_HOME: this.home,
        TARN_ALLOWED_HOSTS: 'boat.test',
        // Timed waits of a JVM end at once where faketime mends the monotonic clock.
        FAKETIME_DONT_FAKE_MONOTONIC: '1',
        FAKETIME_FORCE_MONOTONIC_FIX: '0',
        // The JVM's cache is for files of a known time.
        NO_FAKE_STAT: '1',
        JDK_JAVA_OPTIONS: '-XX:TieredStopAtLevel=1',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.process = process
    this.output = ''
    const collect = (chunk: Buffer) => {
      this.output += chunk
    }
    process.stdout.on('data', collect)
    process.stderr.on('data', collect)
    for (let waited = 0; !this.output.includes('Tarn is ready'); waited += 100) {
      if (process.exitCode !== null || waited > 200_000)
        throw new Error(`Tarn did not start:\n${this.output}`)
      await sleep(100)
    }
  }

  /** `kill -9` of all its processes, PostgreSQL's too: as when the machine loses its power. */
  async kill() {
    const process = this.process
    if (!process?.pid) return
    const postmaster = await readFile(join(this.home, 'postgres/postmaster.pid'), 'utf8').catch(
      () => '',
    )
    const ended = new Promise((resolve) => process.once('close', resolve))
    end(-process.pid)
    if (postmaster) end(Number.parseInt(postmaster, 10))
    await ended
    this.process = undefined
  }

  /** `kill -9` of one service, where services run apart. */
  killService(service: string) {
    const group = String(this.process?.pid)
    const found = execFileSync('pgrep', ['-g', group, '-f', `/${service}/target/`], {
      encoding: 'utf8',
    })
    for (const pid of found.trim().split('\n')) end(Number.parseInt(pid, 10))
  }

  /** What it has said of faults since it was started last. */
  get faults() {
    return this.output.split('\n').filter((line) => /"(WARN|ERROR)"|"status":5\d\d/.test(line))
  }

  /** Ends it and deletes its data. */
  async remove() {
    await this.kill()
    await rm(this.home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
}

/**
 * Journeys are made on a Tarn that they share, by different people, in the shape the project names.
 * One that fails says what Tarn said of faults. Their screenshots are kept apart by shape.
 */
export const test = base.extend<
  { faults: undefined },
  { tarn: Tarn; split: boolean; shots: string }
>({
  faults: [
    async ({ tarn }, use, info) => {
      await use(undefined)
      if (info.status !== info.expectedStatus)
        console.log(['What Tarn said of faults:', ...tarn.faults.slice(-50)].join('\n'))
    },
    { auto: true },
  ],
  split: [false, { option: true, scope: 'worker' }],
  shots: [
    async ({ split }, use) =>
      use(fileURLToPath(new URL(`screenshots/${split ? 'split' : 'one'}/`, import.meta.url))),
    { scope: 'worker' },
  ],
  tarn: [
    async ({ split }, use) => {
      const tarn = await Tarn.start(split)
      await use(tarn)
      await tarn.remove()
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ tarn }, use) => use(tarn.url),
})

function withoutSettings() {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('TARN_')),
  )
}

function end(pid: number) {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}

/** A free port from 10000 to 19999: below the ports of outgoing connections. */
function freePort(): Promise<number> {
  const port = randomInt(10_000, 20_000)
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', () => freePort().then(resolve, reject))
    server.listen(port, () => server.close(() => resolve(port)))
  })
}
