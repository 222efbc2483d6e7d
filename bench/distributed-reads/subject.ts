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

const BATCH = 10_000
const BATCHES = 30

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

/** Nanoseconds of CPU time of one read, over a batch. */
async function timeOf(read: (at: number) => unknown): Promise<number> {
  const start = process.cpuUsage()
  for (let at = 0; at < BATCH; at++) {
    const answer = read(at)
    // What answers at once is not made to wait, which would cost more than itself.
    if (answer instanceof Promise) await answer
  }
  const { user, system } = process.cpuUsage(start)
  return ((user + system) * 1_000) / BATCH
}

function median(times: readonly number[]): number {
  return [...times].sort((left, right) => left - right)[times.length >> 1] ?? Number.NaN
}

const offers: SubjectOffers = {
  ready: async () => void (await ready),
  measure: async () => {
    const driver = await ready
    const { commands } = driver
    const target = asked === 'client' ? createClient([driver]) : commands
    const times: Record<keyof Times, number[]> = { get: [], hget: [], zrange: [], lrange: [] }
    for (let batch = 0; batch < BATCHES; batch++) {
      const from = batch * BATCH
      times.get.push(await timeOf((at) => reads.get(target, from + at)))
      times.hget.push(await timeOf((at) => reads.hget(target, from + at)))
      times.zrange.push(await timeOf((at) => reads.zrange(target, from + at)))
      times.lrange.push(await timeOf((at) => reads.lrange(target, from + at)))
      // Others are heard between the batches.
      await new Promise((resolve) => setImmediate(resolve))
    }
    // The first fifth is warm-up: the compiler is still at work.
    const warm = (of: readonly number[]) => median(of.slice(BATCHES / 5))
    return {
      get: warm(times.get),
      hget: warm(times.hget),
      zrange: warm(times.zrange),
      lrange: warm(times.lrange),
    }
  },
  close: async () => (await ready).close?.(),
}

offerToParent(offers)
