import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Coordinator } from '@jcache/driver/election'
import { etcdCoordinator } from '@jcache/etcd-election'
import { freePort } from '../../../../scripts/servers/port.ts'
import { startProxy, type Proxy as TcpProxy } from '../../../../scripts/servers/proxy.ts'
import { type Child, startChild } from '../../../../scripts/servers/talk.ts'
import { untilTrue } from '../../../../scripts/servers/until-true.ts'
import type { Authority } from '../record.ts'
import { historyOf, type Noted } from './history.fixture.ts'
import type { NodeOffers } from './node.fixture.ts'
import type { OwnNetwork } from './own-network.fixture.ts'

/** What may take long on a busy machine is not wrong: milliseconds. */
const PATIENCE = 60_000

const PREFIX = '/real'

/** The place of one node: its process may be killed and started again, and the way to it be cut. */
export interface Seat {
  readonly name: string
  readonly host: string
  readonly port: number
  /** Stands before it where there is no network of our own. */
  readonly proxy: TcpProxy | undefined
  child: Child<NodeOffers>
}

/** Nodes in processes of their own, all under load: on addresses of their own where the network is ours, else behind proxies. */
export class RealCluster {
  readonly seats: Seat[] = []
  readonly network: OwnNetwork | undefined
  readonly #etcd: readonly string[]
  readonly #coordinator: Coordinator<Authority>
  /** Milliseconds between the calls of one caller. */
  readonly #rest: number
  readonly #folder = mkdtempSync(join(tmpdir(), 'jcache-real-'))
  readonly #files = new Map<string, string>()

  constructor(etcd: readonly string[], network: OwnNetwork | undefined, rest: number) {
    this.#etcd = etcd
    this.#coordinator = etcdCoordinator({ hosts: etcd, prefix: PREFIX })
    this.network = network
    this.#rest = rest
  }

  async add(): Promise<void> {
    const at = this.seats.length
    const port = await freePort()
    const proxy = this.network ? undefined : await startProxy(port)
    const place = { name: `n${at}`, host: this.network ? `127.0.0.${11 + at}` : '127.0.0.1', port, proxy }
    this.seats.push({ ...place, child: await this.#start(place) })
  }

  /** Loses what the ones say to the others. */
  part(from: readonly Seat[], to: readonly Seat[]): void {
    for (const { host } of from) for (const other of to) this.network?.drop(host, other.host)
  }

  /** Loses all that the seat says and hears; etcd listens at 127.0.0.1. */
  cutOff(seat: Seat): void {
    for (const host of [
      '127.0.0.1',
      ...this.seats.flatMap((other) => (other === seat ? [] : [other.host])),
    ]) {
      this.network?.drop(host, seat.host)
      this.network?.drop(seat.host, host)
    }
  }

  /** Kills the process, and starts another with nothing in memory. */
  async restart(seat: Seat): Promise<void> {
    await seat.child.kill()
    seat.child = await this.#start(seat)
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

  /** Whether it is in sync, as the record says. */
  async isInSync(seat: Seat): Promise<boolean> {
    const record = await this.#coordinator.get()
    const id = (await seat.child.call('status'))?.id ?? ''
    return record?.state.inSync.includes(id) === true
  }

  /** How all nodes stand, for those who wonder why it did not go on. */
  async standing(): Promise<string> {
    const within = (asked: Promise<unknown>) => Promise.race([asked.catch(String), sleep(1_000, 'silent')])
    const told = this.seats.map(async ({ name, child }) => [name, await within(child.call('status'))])
    const record = ['record', await within(this.#coordinator.get())]
    return [record, ...(await Promise.all(told))].map((line) => JSON.stringify(line)).join('\n')
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

  /** Comes back when each node has answered for so many milliseconds, once at least, and the same one has led all the time. */
  async goesOn(ms: number): Promise<void> {
    const termsOf = async () =>
      JSON.stringify(
        await Promise.all(this.seats.map(async ({ child }) => (await child.call('status'))?.term)),
      )
    const before = await termsOf()
    const end = performance.now() + ms
    do {
      const begin = performance.now()
      await this.untilAnswered(this.seats)
      if (ms > 0 && performance.now() - begin > 5_000)
        throw new Error('answers took longer than five seconds')
    } while (performance.now() < end)
    const after = await termsOf()
    if (ms > 0 && before !== after) throw new Error(`the leader has changed: from ${before} to ${after}`)
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
    await this.#coordinator.close()
    await Promise.all(this.seats.map(({ proxy }) => proxy?.stop()))
    rmSync(this.#folder, { recursive: true, force: true })
  }

  async #start({ name, host, port, proxy }: Omit<Seat, 'child'>): Promise<Child<NodeOffers>> {
    const run = `${name}, run ${this.#files.size}`
    const file = join(this.#folder, `${this.#files.size}.jsonl`)
    this.#files.set(run, file)
    const listen = `${host}:${port}`
    const advertise = proxy ? `127.0.0.1:${proxy.port}` : listen
    const args = [name, PREFIX, this.#etcd.join(','), listen, advertise, file, String(this.#rest)]
    const child = await startChild<NodeOffers>(new URL('node.fixture.ts', import.meta.url), args)
    const isReady = async () => {
      const { role = 'joining' } = (await child.call('status')) ?? {}
      return role !== 'joining'
    }
    await untilTrue(isReady, `${run} has all that there is`, PATIENCE)
    return child
  }
}
