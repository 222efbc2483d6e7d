import { setTimeout as sleep } from 'node:timers/promises'
import { type Etcd, startEtcd } from '../../scripts/servers/etcd.ts'
import { freePort } from '../../scripts/servers/port.ts'
import { type Child, startChild } from '../../scripts/servers/talk.ts'
import { untilTrue } from '../../scripts/servers/until-true.ts'
import type { Listener, NodeOffers } from './node.subject.ts'
import { Partition } from './partition.ts'
import { type Fault, keysOf, type Round, waitsOf } from './round.ts'
import { machineTime } from './writer.ts'

interface Seat {
  readonly name: string
  readonly port: number
  /** The user whose packets are the node's; 0 where nobody is parted. */
  readonly user: number
  child: Child<NodeOffers>
}

/** Three nodes and an etcd of three. */
export class Nodes {
  readonly #etcd: Etcd
  readonly #seats: Seat[] = []
  readonly #told: { readonly name: string; readonly kind: string; readonly at: number }[] = []

  private constructor(etcd: Etcd) {
    this.#etcd = etcd
  }

  static async start(canPart: boolean): Promise<Nodes> {
    const nodes = new Nodes(await startEtcd({ size: 3, fetch: true }))
    for (const at of [0, 1, 2]) {
      const seat = { name: `n${at}`, port: await freePort(), user: canPart ? 20_001 + at : 0 }
      nodes.#seats.push({ ...seat, child: await nodes.#begin(seat) })
    }
    return nodes
  }

  /** The leader is lost under load, and comes back afterwards. */
  async round(fault: Fault): Promise<Round> {
    const leader = await this.#leader()
    const others = this.#seats.filter((seat) => seat !== leader)
    const partition =
      fault === 'partition'
        ? new Partition('JCACHE', [
            ['-m', 'owner', '--uid-owner', `${leader.user}`],
            ['-o', 'lo', '-p', 'tcp', '--dport', `${leader.port}`],
          ])
        : undefined
    await Promise.all(this.#seats.map(({ child }) => child.call('start')))
    await sleep(400 + 100 * Math.random())

    this.#told.length = 0
    let at = machineTime()
    let closing: number | undefined
    if (fault === 'SIGKILL') await leader.child.kill()
    else if (fault === 'SIGSTOP') leader.child.pause()
    else if (fault === 'partition') partition?.begin()
    else {
      const closed = await leader.child.call('close')
      at = closed.at
      closing = closed.ms
    }
    const told = (what: string) =>
      this.#told.find(({ name, kind }) => kind === what && name !== leader.name)?.at
    await untilTrue(async () => told('serving') !== undefined, 'another leads')
    await sleep(600)

    if (fault === 'SIGSTOP') leader.child.resume()
    partition?.end()
    partition?.remove()
    const survivors = await Promise.all(others.map(({ child }) => child.call('stop')))
    const own = fault === 'SIGKILL' ? [] : [await leader.child.call('stop')]
    if (fault === 'SIGKILL' || fault === 'close()') {
      await leader.child.kill()
      leader.child = await this.#begin(leader)
    }
    const keys = keysOf([...survivors, ...own])
    return {
      leads: (told('leading') ?? Number.NaN) - at,
      serves: (told('serving') ?? Number.NaN) - at,
      waits: survivors.flatMap((written) => waitsOf(written, at)),
      acknowledged: keys.length,
      lost: await this.#lost(keys),
      failed: [...survivors, ...own].flatMap(({ failed }) => failed),
      ...(closing !== undefined && { closing }),
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.#seats.map(({ child }) => child.kill()))
    await this.#etcd.stop()
  }

  async #leader(): Promise<Seat> {
    let found: Seat | undefined
    await untilTrue(async () => {
      const inSync = await Promise.all(this.#seats.map(({ child }) => child.call('leads')))
      found = this.#seats[inSync.indexOf(this.#seats.length)]
      return found !== undefined
    }, 'one leads, with all in sync')
    if (!found) throw new Error('nobody leads')
    return found
  }

  async #lost(keys: readonly string[]): Promise<number> {
    const { child } = await this.#leader()
    let lost = 0
    for (let at = 0; at < keys.length; at += 500)
      lost += await child.call('missing', keys.slice(at, at + 500))
    return lost
  }

  #begin({ name, port, user }: Omit<Seat, 'child'>): Promise<Child<NodeOffers>> {
    const listener: Listener = { told: (name, kind, at) => void this.#told.push({ name, kind, at }) }
    const args = [name, this.#etcd.urls.join(','), `127.0.0.1:${port}`, `${user}`]
    return startChild<NodeOffers>(new URL('node.subject.ts', import.meta.url), args, listener)
  }
}
