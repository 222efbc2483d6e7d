// One subject in a process of its own: `memory`, `leader` or `follower`, asked as it is, or through a client.

import { createClient } from '@jcache/core'
import { distributed } from '@jcache/distributed'
import type { Commands, Driver } from '@jcache/driver'
import { memory } from '@jcache/memory'
import { etcdCoordinator } from '../../packages/etcd-election/src/index.ts'
import { offerToParent } from '../../scripts/servers/talk.ts'
import { fill, reads } from './data.ts'

/** Nanoseconds of CPU time of one read, by the name of the command. */
export type Times = Readonly<Record<keyof typeof reads, number>>

export type SubjectOffers = {
  /** Comes back when it holds everything. */
  ready(): Promise<void>
  measure(): Promise<Times>
  close(): unknown
}

const BATCH = 20_000
const BATCHES = 15

const [kind = '', asked = '', ...meeting] = process.argv.slice(2)

async function tier(): Promise<Driver<Commands>> {
  if (kind === 'memory') {
    const alone = memory()
    await fill(alone.commands)
    return alone
  }
  const [hosts = '', prefix = ''] = meeting
  const node = distributed({
    coordinator: etcdCoordinator({ hosts: hosts.split(','), prefix }),
    cluster: 'bench',
    commandTimeout: '10s',
  })
  while ((node.status()?.role ?? 'joining') === 'joining')
    await new Promise((resolve) => setTimeout(resolve, 5))
  if (kind === 'leader') await fill(node.commands)
  if (node.status()?.role !== kind) throw new Error(`it is no ${kind}: ${JSON.stringify(node.status())}`)
  return node
}

const ready = tier()

async function timeOf(read: (at: number) => unknown): Promise<number> {
  const times: number[] = []
  for (let batch = 0, at = 0; batch < BATCHES; batch++) {
    const start = process.cpuUsage()
    for (let run = 0; run < BATCH; run++) {
      const answer = read(at++)
      // What answers at once is not made to wait, which would cost more than itself.
      if (answer instanceof Promise) await answer
    }
    const { user, system } = process.cpuUsage(start)
    times.push(((user + system) * 1_000) / BATCH)
    // Others are heard between the batches.
    await new Promise((resolve) => setImmediate(resolve))
  }
  // The first fifth is warm-up: the compiler is still at work.
  const warm = times.slice(BATCHES / 5).sort((left, right) => left - right)
  return warm[warm.length >> 1] ?? Number.NaN
}

const offers: SubjectOffers = {
  ready: async () => void (await ready),
  measure: async () => {
    const driver = await ready
    const { commands } = driver
    const target = asked === 'client' ? createClient([driver]) : commands
    return {
      get: await timeOf((at) => reads.get(target, at)),
      hget: await timeOf((at) => reads.hget(target, at)),
      zrange: await timeOf((at) => reads.zrange(target, at)),
      lrange: await timeOf((at) => reads.lrange(target, at)),
    }
  },
  close: async () => (await ready).close?.(),
}

offerToParent(offers)
