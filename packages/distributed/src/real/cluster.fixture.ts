import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../../../scripts/servers/port.ts'
import { startProxy, type Proxy as TcpProxy } from '../../../../scripts/servers/proxy.ts'
import { type Child, startChild } from '../../../../scripts/servers/talk.ts'
import { untilTrue } from '../../../../scripts/servers/until-true.ts'
import { historyOf, type Noted } from './history.fixture.ts'
import type { NodeOffers } from './node.fixture.ts'

/** What may take long on a busy machine is not wrong: milliseconds. */
const PATIENCE = 60_000

/** The place of one node: its process may be killed and started again, and the way to it be cut. */
export interface Seat {
  readonly name: string
  readonly port: number
  readonly proxy: TcpProxy
  child: Child<NodeOffers>
}

/** Nodes in processes of their own, each behind a proxy, all under load. */
export class RealCluster {
  readonly seats: Seat[] = []
  readonly #etcd: readonly string[]
  readonly #folder = mkdtempSync(join(tmpdir(), 'jcache-real-'))
  readonly #files = new Map<string, string>()

  constructor(etcd: readonly string[]) {
    this.#etcd = etcd
  }

  async add(): Promise<void> {
    const name = `n${this.seats.length}`
    const port = await freePort()
    const proxy = await startProxy(port)
    this.seats.push({ name, port, proxy, child: await this.#start(name, port, proxy) })
  }

  /** Kills the process, and starts another with nothing in memory. */
  async restart(seat: Seat): Promise<void> {
    await seat.child.kill()
    seat.child = await this.#start(seat.name, seat.port, seat.proxy)
    await seat.child.call('start')
  }

  /** Who leads and may answer, as soon as all are in sync. */
  async untilAllInSync(): Promise<Seat> {
    let leader: Seat | undefined
    await untilTrue(
      async () => {
        leader = undefined
        for (const seat of this.seats) {
          const status = await seat.child.call('status')
          if (status?.role === 'leader' && status.leased && status.inSync.length === this.seats.length)
            leader = seat
        }
        return leader !== undefined
      },
      'all nodes are in sync',
      PATIENCE,
    )
    if (!leader) throw new Error('nobody leads')
    return leader
  }

  /** Comes back when callers on each of these had answers from now on. */
  async untilAnswered(seats: readonly Seat[], more = 20): Promise<void> {
    const before = await Promise.all(seats.map(({ child }) => child.call('answered')))
    const isMore = async () => {
      const now = await Promise.all(seats.map(({ child }) => child.call('answered')))
      return now.every((answered, at) => answered >= (before[at] ?? 0) + more)
    }
    await untilTrue(isMore, 'calls are answered on each node', PATIENCE)
  }

  /** Comes back when all hold the same; answers what. */
  async untilEqual(): Promise<string> {
    let digests: string[] = []
    const areEqual = async () => {
      digests = await Promise.all(this.seats.map(({ child }) => child.call('digest')))
      return new Set(digests).size === 1
    }
    await untilTrue(areEqual, 'all nodes hold the same', PATIENCE)
    return digests[0] ?? ''
  }

  /** All calls that were made, those of killed processes too. */
  history(): Noted[] {
    return [...this.#files].flatMap(([name, file]) => historyOf(name, file))
  }

  async close(): Promise<void> {
    await Promise.all(this.seats.map(({ child }) => child.kill()))
    await Promise.all(this.seats.map(({ proxy }) => proxy.stop()))
    rmSync(this.#folder, { recursive: true, force: true })
  }

  async #start(name: string, port: number, proxy: TcpProxy): Promise<Child<NodeOffers>> {
    const run = `${name}, run ${this.#files.size}`
    const file = join(this.#folder, `${this.#files.size}.jsonl`)
    this.#files.set(run, file)
    const args = [name, this.#etcd.join(','), `127.0.0.1:${port}`, `127.0.0.1:${proxy.port}`, file]
    const child = await startChild<NodeOffers>(new URL('node.fixture.ts', import.meta.url), args)
    const isReady = async () => {
      const { role = 'joining' } = (await child.call('status')) ?? {}
      return role !== 'joining'
    }
    await untilTrue(isReady, `${run} has all that there is`, PATIENCE)
    return child
  }
}
