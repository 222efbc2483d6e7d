// A node as a process of its own, whose callers wait, or write as fast as they can.

import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { etcdCoordinator } from '@jcache/etcd-election'
import { offerToParent } from '../../../../scripts/servers/talk.ts'
import { distributed } from '../distributed.ts'
import type { NodeStatus } from '../status.ts'

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')
const [prefix = '', hosts = '', ring = ''] = process.argv.slice(2)

export type MemberOffers = {
  status(): NodeStatus | undefined
  /** So many callers wait for an element of the list. */
  wait(key: string, count: number): void
  /** None of them waits any more; comes back when all know. */
  cancel(): Promise<void>
  /** What they were given, in the order in which they began to wait. */
  popped(): readonly string[]
  push(key: string, elements: readonly string[]): Promise<number>
  /** Microseconds of processor time until now. */
  cpu(): number
  /** So many callers write values of so many bytes without rest, all on the same few keys. */
  write(callers: number, bytes: number): void
  /** They stop. */
  rest(): void
  /** How many writes were acknowledged. */
  written(): number
  /** Bytes that are reachable, and bytes that the process holds. */
  memory(): { readonly used: number; readonly resident: number }
}

const node = distributed({
  coordinator: etcdCoordinator({ hosts: hosts.split(','), prefix, ttl: '3s' }),
  ring: ring as '64mb',
})
const popped: string[] = []
let cancelled = new AbortController()
let waiting: Promise<unknown>[] = []
let count = 0
let isResting = false

async function writer(at: number, value: string): Promise<void> {
  for (let turn = 0; !isResting; turn++) {
    try {
      await node.commands.set(`key:${at}`, `${turn} ${value}`)
      count++
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}

offerToParent({
  status: () => {
    const status = node.status()
    return status && { ...status, coordinator: status.coordinator ? String(status.coordinator) : null }
  },
  wait: (key, callers) => {
    const { signal } = cancelled
    const begun = waiting.length
    waiting.push(
      ...Array.from({ length: callers }, async (_, at) => {
        try {
          const found = await node.commands.blpop([key], 0, { signal })
          if (found) popped[begun + at] = found[1]
        } catch {
          // It was cancelled.
        }
      }),
    )
  },
  cancel: async () => {
    cancelled.abort()
    await Promise.all(waiting)
    cancelled = new AbortController()
    waiting = []
    popped.length = 0
  },
  popped: () => popped,
  push: async (key, elements) => node.commands.rpush(key, ...elements),
  cpu: () => {
    const { user, system } = process.cpuUsage()
    return user + system
  },
  write: (callers, bytes) => {
    for (let at = 0; at < callers; at++) void writer(at, 'x'.repeat(bytes))
  },
  rest: () => {
    isResting = true
  },
  written: () => count,
  memory: () => {
    collect()
    const { heapUsed, external, rss } = process.memoryUsage()
    return { used: heapUsed + external, resident: rss }
  },
} satisfies MemberOffers)
