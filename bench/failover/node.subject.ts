// A node with writers, as a process of its own; on Linux as a user of its own, by whom its packets are known.

import { distributed } from '../../packages/distributed/src/index.ts'
import { etcdCoordinator } from '../../packages/etcd-election/src/index.ts'
import { offerToParent } from '../../scripts/servers/talk.ts'
import { machineTime, Writers, type Written } from './writer.ts'

const WRITERS = 2

export type NodeOffers = {
  /** Whether it leads for certain, with how many in sync. */
  leads(): number
  start(): void
  stop(): Promise<Written>
  /** How many of these keys are gone. */
  missing(keys: readonly string[]): Promise<number>
  /** When it was called, and how long it took. */
  close(): Promise<{ readonly at: number; readonly ms: number }>
}

/** What the bench is told, by the clock of the machine. */
export type Listener = {
  told(name: string, kind: string, at: number): void
}

const [name = '', hosts = '', listen = '', user = '0'] = process.argv.slice(2)
if (user !== '0') process.setuid?.(Number(user))
const node = distributed({
  node: name,
  listen,
  direct: true,
  coordinator: etcdCoordinator({ hosts: hosts.split(','), prefix: '/failover', ttl: '3s' }),
  promise: '300ms',
  heartbeat: '60ms',
  lag: '200ms',
  commandTimeout: '10s',
  unclean: 'halt',
  onEvent: ({ kind }) => void parent('told', name, kind, machineTime()).catch(() => {}),
})
const writers = new Writers(name)
const exact = node.with({ read: 'linearizable' }).commands

const parent = offerToParent<Listener>({
  leads: () => {
    const status = node.status()
    return status?.role === 'leader' && status.leased ? status.inSync.length : 0
  },
  start: () => {
    const set = async (key: string, value: string) => node.commands.set(key, value)
    writers.start(Array.from({ length: WRITERS }, () => set))
  },
  stop: () => writers.stop(),
  missing: async (keys) => {
    const found = keys.length === 0 ? [] : await exact.mget(...keys)
    return found.filter((value) => value === null).length
  },
  close: async () => {
    writers.closing()
    const at = machineTime()
    await node.close()
    return { at, ms: machineTime() - at }
  },
} satisfies NodeOffers)
