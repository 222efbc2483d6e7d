// One node as a process of its own, told what to do by the one that started it.

import { type DistributedDriver, distributed, type NodeStatus } from '@jcache/distributed'
import { etcdCoordinator } from '@jcache/etcd-election'
import { offerToParent } from '../../scripts/servers/talk.ts'
import { type Coordination, coordinatorOfParent } from './coordinator-of-parent.ts'
import { Load, type Tally } from './load.ts'

const [name = '', hosts, prefix = ''] = process.argv.slice(2)
const load = new Load()

/** What is asked of a node in a process of its own. */
export type MemberOffers = {
  /** Comes back when the node has all that there is. */
  ready(): Promise<void>
  status(): NodeStatus | undefined
  set(key: string, value: string): Promise<unknown>
  get(key: string): Promise<string | null>
  size(): Promise<number>
  /** How many of the keys are there. */
  count(keys: readonly string[]): Promise<number>
  start(callers: number): void
  take(): Tally
  stop(): Promise<void>
  close(): Promise<void>
  told(): void
}

const offers: MemberOffers = {
  ready: async () => {
    await node.listening()
    while (node.status()?.role === 'joining') await new Promise((resolve) => setTimeout(resolve, 5))
  },
  status: () => {
    const status = node.status()
    // An error does not travel whole.
    return status && { ...status, coordinator: status.coordinator ? String(status.coordinator) : null }
  },
  set: async (key, value) => node.commands.set(key, value),
  get: async (key) => node.commands.get(key),
  size: async () => node.commands.dbsize(),
  count: async (keys) => {
    const found = await node.with({ read: 'linearizable' }).commands.mget(...keys)
    return found.filter((value) => value !== null).length
  },
  start: (callers) => load.start(node, name, callers),
  take: () => load.take(),
  stop: () => load.stop(),
  close: () => node.close(),
  told: () => parent?.told(),
}

const call = offerToParent<Coordination>(offers)
const parent = hosts ? undefined : coordinatorOfParent(call)
// Each process listens itself, so a refused connection proves that it is dead.
const node: DistributedDriver = distributed({
  coordinator: parent ?? etcdCoordinator({ hosts: hosts?.split(',') ?? [], prefix }),
  cluster: 'example',
  direct: true,
})
