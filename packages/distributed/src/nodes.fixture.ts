import { type LocalPlace, localCoordinator, localPlace } from '@jcache/driver/election'
import { vi } from 'vitest'
import { type DistributedDriver, nodeOver } from './distributed.ts'
import type { DistributedOptions } from './distributed-options.ts'
import { localNetwork } from './local-transport.ts'
import type { NodeStatus } from './status.ts'

/** Nodes of one cluster within this process. */
export interface Nodes {
  readonly place: LocalPlace
  /** One more node; comes back when it has all that there is. */
  add(options?: Partial<DistributedOptions>): Promise<DistributedDriver>
  /** The node that leads. */
  leader(): DistributedDriver
  close(): Promise<void>
}

export function nodes(start: (options: DistributedOptions) => DistributedDriver = overLocalNetwork()): Nodes {
  const place = localPlace()
  const all: DistributedDriver[] = []
  return {
    place,
    add: async (options = {}) => {
      const node = start({ coordinator: localCoordinator(place), commandTimeout: '10s', ...options })
      all.push(node)
      await until(node, ({ role }) => role !== 'joining')
      return node
    },
    leader: () => {
      const found = all.find((node) => node.status()?.role === 'leader')
      if (!found) throw new Error('nobody leads')
      return found
    },
    close: async () => {
      await Promise.all(all.map((node) => node.close()))
    },
  }
}

function overLocalNetwork(): (options: DistributedOptions) => DistributedDriver {
  const { open } = localNetwork()
  return (options) => nodeOver(open, options)
}

/** Comes back when the node stands so. */
export async function until(node: DistributedDriver, stands: (status: NodeStatus) => boolean): Promise<void> {
  await vi.waitFor(() => {
    const status = node.status()
    if (!status || !stands(status)) throw new Error(`the node still stands so: ${JSON.stringify(status)}`)
  }, 15_000)
}
