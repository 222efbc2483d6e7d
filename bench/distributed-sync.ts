/**
 * Full sync while writes go on: `node --conditions=@jcache/source bench/distributed-sync.ts [rounds] [writes per second]`. A
 * leader holds a million keys of 100 characters; by turns an empty node joins it, and an empty Redis becomes the replica of a
 * Redis (as it is configured by default) that holds the same, with the same writes. Each in a process of its own. Prints of
 * each sync how long it took until the newcomer had all, and the CPU time of both sides; of the leader how late its event
 * loop was during the sync, and during as long a time without.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { distributed } from '../packages/distributed/src/distributed.ts'
import { etcdCoordinator } from '../packages/etcd-election/src/index.ts'
import { startEtcd } from '../scripts/servers/etcd.ts'
import { startRedis } from '../scripts/servers/redis.ts'
import { offerToParent, startChild } from '../scripts/servers/talk.ts'

const KEYS = 1_000_000
const BYTES = KEYS * (100 + 'key:123456'.length)
const TOGETHER = 10_000
/** Milliseconds between the bursts of writes. */
const BEAT = 5

interface Loop {
  readonly p50: number
  readonly p99: number
  readonly max: number
}

type Offers = {
  /** Comes back when the node has all that there is; answers how many milliseconds that took. */
  join(): Promise<number>
  fill(): Promise<void>
  write(perSecond: number): void
  /** Seconds of CPU of the process so far. */
  cpu(): number
  /** How late the event loop was since the last call, and resident megabytes. */
  lateness(): Loop & { readonly resident: number }
  leave(): Promise<void>
}

/** A text as none before. */
function textOf(at: number): string {
  let text = ''
  for (let word = at; text.length < 100; word = Math.imul(word ^ 0x5bd1e995, 0x2c1b3c6d))
    text += word.toString(36)
  return text.slice(0, 100)
}

/** Calls so many times in a second, in bursts; what was missed is made up for. */
function paced(perSecond: number, call: (at: number) => unknown): NodeJS.Timeout {
  const begun = performance.now()
  let done = 0
  return setInterval(() => {
    const due = ((performance.now() - begun) / 1_000) * perSecond
    while (done < due) call(done++)
  }, BEAT)
}

const keyOf = (at: number): string => `key:${(at * 7_919) % KEYS}`

function node(hosts: string): void {
  const start = () =>
    distributed({
      coordinator: etcdCoordinator({ hosts, prefix: '/bench' }),
      acknowledge: 'leader',
      maxEntries: 2 * KEYS,
      maxBytes: '4gb',
    })
  let joined: ReturnType<typeof start> | undefined
  const loop = monitorEventLoopDelay({ resolution: 1 })
  loop.enable()
  const offers: Offers = {
    join: async () => {
      const begun = performance.now()
      joined = start()
      while ((joined.status()?.role ?? 'joining') === 'joining') await sleep(5)
      return performance.now() - begun
    },
    fill: async () => {
      for (let at = 0; at < KEYS; at += TOGETHER) {
        await Promise.all(
          Array.from({ length: TOGETHER }, (_, more) =>
            joined?.commands.set(`key:${at + more}`, textOf(at + more)),
          ),
        )
        // Commits are told between turns.
        await sleep(0)
      }
    },
    write: (perSecond) => void paced(perSecond, (at) => joined?.commands.set(keyOf(at), textOf(at))),
    cpu: () => cpuOf(process.cpuUsage()),
    lateness: () => {
      const [p50, p99, max] = [loop.percentile(50), loop.percentile(99), loop.max].map((of) => of / 1e6)
      loop.reset()
      const resident = Math.round(process.memoryUsage.rss() / 1e6)
      return { p50: p50 ?? 0, p99: p99 ?? 0, max: max ?? 0, resident }
    },
    leave: async () => await joined?.close(),
  }
  offerToParent(offers)
}

function cpuOf({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1e6
}

/** Seconds of CPU that the server and the processes it has made have had. */
async function redisCpu(redis: Redis): Promise<number> {
  const info = await redis.info('cpu')
  return [...info.matchAll(/used_cpu_(?:sys|user)(?:_children)?:([\d.]+)/g)].reduce(
    (sum, [, of]) => sum + Number(of),
    0,
  )
}

function median(of: readonly number[]): number {
  return of.toSorted((left, right) => left - right)[of.length >> 1] ?? Number.NaN
}

async function compare(rounds: number, perSecond: number): Promise<void> {
  const etcd = await startEtcd({ fetch: true })
  const [hosts = ''] = etcd.urls
  const leader = await startChild<Offers>(new URL(import.meta.url), [hosts])
  const server = await startRedis({ fetch: true })
  const redis = new Redis(server.url)
  await leader.call('join')
  await leader.call('fill')
  for (let at = 0; at < KEYS; at += TOGETHER) {
    const batch = redis.pipeline()
    for (let more = at; more < at + TOGETHER; more++) batch.set(`key:${more}`, textOf(more))
    await batch.exec()
  }
  await leader.call('write', perSecond)
  const writing = paced(perSecond, (at) => redis.set(keyOf(at), textOf(at)))

  async function ours() {
    const newcomer = await startChild<Offers>(new URL(import.meta.url), [hosts])
    await sleep(1_000)
    const before = { leader: await leader.call('cpu'), newcomer: await newcomer.call('cpu') }
    await leader.call('lateness')
    const took = await newcomer.call('join')
    const sync = await leader.call('lateness')
    const cpu = [(await leader.call('cpu')) - before.leader, (await newcomer.call('cpu')) - before.newcomer]
    await newcomer.call('leave')
    await newcomer.kill()
    await sleep(500)
    await leader.call('lateness')
    await sleep(took)
    const calm = await leader.call('lateness')
    return { took, cpu, sync, calm }
  }

  async function theirs() {
    const empty = await startRedis({ fetch: true })
    const replica = new Redis(empty.url)
    await sleep(1_000)
    const before = [await redisCpu(redis), await redisCpu(replica)]
    const begun = performance.now()
    await replica.replicaof('127.0.0.1', server.port)
    while (!(await replica.info('replication')).includes('master_link_status:up')) await sleep(5)
    const took = performance.now() - begun
    // Of its child it learns a little later.
    await sleep(200)
    const cpu = [(await redisCpu(redis)) - (before[0] ?? 0), (await redisCpu(replica)) - (before[1] ?? 0)]
    replica.disconnect()
    await empty.stop()
    return { took, cpu }
  }

  console.log(
    '| | seconds | MB/s | CPU of both, s | loop late, ms: p50 | p99 | max | without a sync | resident, MB |',
  )
  console.log('|---|---|---|---|---|---|---|---|---|')
  const times: { ours: number[]; theirs: number[] } = { ours: [], theirs: [] }
  for (let round = 0; round < rounds; round++) {
    const { took, cpu, sync, calm } = await ours()
    times.ours.push(took)
    const late = [sync.p50, sync.p99, sync.max].map((of) => of.toFixed(1)).join(' | ')
    const calmly = [calm.p50, calm.p99, calm.max].map((of) => of.toFixed(1)).join(', ')
    console.log(`| node | ${row(took, cpu)} | ${late} | ${calmly} | ${sync.resident} |`)
    const redisSync = await theirs()
    times.theirs.push(redisSync.took)
    console.log(`| Redis | ${row(redisSync.took, redisSync.cpu)} | | | | | |`)
  }
  const [node, replica] = [median(times.ours), median(times.theirs)]
  console.log(
    `median ${(node / 1_000).toFixed(2)} s, Redis ${(replica / 1_000).toFixed(2)} s: ${(replica / node).toFixed(2)} times as fast`,
  )
  clearInterval(writing)
  redis.disconnect()
  await leader.kill()
  await server.stop()
  await etcd.stop()
}

function row(took: number, cpu: readonly number[]): string {
  const each = cpu.map((of) => of.toFixed(2)).join(', ')
  return `${(took / 1_000).toFixed(2)} | ${(BYTES / 1e3 / took).toFixed(1)} | ${each}`
}

const [first = '3', second = '2000'] = process.argv.slice(2)
if (first.startsWith('http')) node(first)
else await compare(Number(first), Number(second))
