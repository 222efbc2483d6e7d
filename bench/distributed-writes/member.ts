// One node as a process of its own, whose callers are in the same process.

import { type DistributedDriver, distributed } from '@jcache/distributed'
import { etcdCoordinator } from '../../packages/etcd-election/src/index.ts'
import { offerToParent } from '../../scripts/servers/talk.ts'
import { keyOf, type Tally, tally, VALUE } from './load.ts'

/** What is asked of a node. */
export type MemberOffers = {
  /** Comes back when it has caught up, and leads or follows. */
  ready(): Promise<void>
  /** Comes back when so many are in sync with it. */
  inSync(members: number): Promise<void>
  /** Writes that all in sync hold when they are answered. */
  held(callers: number, duration: number): Promise<Tally>
  /** Writes that the leader alone holds when they are answered; the clock runs until its follower has them too. */
  led(callers: number, duration: number): Promise<Tally>
  /** Microseconds of CPU so far. */
  cpu(): number
  close(): Promise<void>
}

const [hosts = '', prefix = ''] = process.argv.slice(2)
const node: DistributedDriver = distributed({
  coordinator: etcdCoordinator({ hosts: hosts.split(','), prefix }),
  cluster: 'bench',
  direct: true,
})
const byLeader = node.with({ acknowledge: 'leader' })

/** Of the writes of one caller that are answered within a turn, so many make a turn: with 64 callers 1,024 at once. */
const AT_ONCE = 16

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 1))
}

const offers: MemberOffers = {
  ready: async () => {
    await node.listening()
    await until(() => node.status()?.role !== undefined && node.status()?.role !== 'joining')
  },
  inSync: (members) =>
    until(() => node.status()?.inSync.length === members && node.status()?.leased === true),
  held: (callers, duration) => tally(callers, duration, (at) => node.commands.set(keyOf(at), VALUE)),
  led: (callers, duration) => {
    const write = (at: number): unknown => {
      try {
        return byLeader.commands.set(keyOf(at), VALUE)
      } catch {
        // Refused while too much waits for the follower.
        return new Promise((resolve) => setTimeout(resolve, 1)).then(() => write(at))
      }
    }
    const level = () => until(() => node.status()?.peers.every(({ behind }) => behind === 0) === true)
    return tally(callers, duration, write, { every: AT_ONCE, turn }, level)
  },
  cpu: () => {
    const { user, system } = process.cpuUsage()
    return user + system
  },
  close: () => node.close(),
}

offerToParent(offers)
