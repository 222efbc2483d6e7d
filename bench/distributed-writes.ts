/**
 * Writes of the distributed tier beside their peers: `node --conditions=@jcache/source bench/distributed-writes.ts [rounds] [ms]`.
 * A leader and a follower over loopback with an etcd, a Redis with one replica, and a server of gRPC, each in a process of its
 * own, measured in turn; prints the medians of the rounds, and that of the ratios within each. `ONLY` in the
 * environment measures those whose name has it.
 */
import { Redis } from 'ioredis'
import { startEtcd } from '../scripts/servers/etcd.ts'
import { startRedis } from '../scripts/servers/redis.ts'
import { startChild } from '../scripts/servers/talk.ts'
import type { Tally } from './distributed-writes/load.ts'
import type { MemberOffers } from './distributed-writes/member.ts'
import { redisBenchmark } from './distributed-writes/redis-benchmark.ts'
import type { RedisClientOffers } from './distributed-writes/redis-client.ts'
import type { UnaryClientOffers, UnaryServerOffers } from './distributed-writes/unary.ts'

const [rounds = '5', ms = '2000'] = process.argv.slice(2)
const duration = Number(ms)
const CALLERS = 64
/** Milliseconds. */
const WARM = 2_000

const primary = await startRedis({ fetch: true })
const replica = await startRedis({ args: ['--replicaof', '127.0.0.1', String(primary.port)] })
const etcd = await startEtcd({ fetch: true })
const file = (name: string) => new URL(`./distributed-writes/${name}.ts`, import.meta.url)
const meeting = [etcd.urls.join(), '/bench/writes']
const leader = await startChild<MemberOffers>(file('member'), meeting)
await leader.call('ready')
const follower = await startChild<MemberOffers>(file('member'), meeting)
await follower.call('ready')
await leader.call('inSync', 2)
const client = await startChild<RedisClientOffers>(file('redis-client'), [primary.url])
const unaryServer = await startChild<UnaryServerOffers>(file('unary'), [])
const unary = await startChild<UnaryClientOffers>(file('unary'), [String(await unaryServer.call('listen'))])
const probe = new Redis(primary.url)
while (!(await probe.info('replication')).includes('state=online')) await probe.ping()
await probe.quit()

/** A subject and its peer; `ratio` is what the bar is about. */
interface Pair {
  readonly what: string
  readonly peer: string
  readonly bar: string
  readonly ours: () => Promise<Tally>
  readonly theirs: () => Promise<Tally>
  readonly ratio: (ours: Tally, theirs: Tally) => number
}

const throughput = (ours: Tally, theirs: Tally): number => ours.perSecond / theirs.perSecond
const pairs: readonly Pair[] = [
  {
    what: 'in sync, 1 caller at the leader',
    peer: 'ioredis SET + WAIT 1',
    bar: 'p50 <= 0.7',
    ours: () => leader.call('held', 1, duration),
    theirs: () => client.call('held', duration),
    ratio: (ours, theirs) => ours.p50 / theirs.p50,
  },
  {
    what: 'in sync, 64 callers at the leader',
    peer: 'redis-benchmark -c 64',
    bar: '>= 4',
    ours: () => leader.call('held', CALLERS, duration),
    theirs: () => redisBenchmark(primary.port, CALLERS, 1, 15 * duration),
    ratio: throughput,
  },
  {
    what: 'by the leader, 64 callers at the leader',
    peer: 'redis-benchmark -c 16 -P 64',
    bar: '>= 1',
    ours: () => leader.call('led', CALLERS, duration),
    theirs: () => redisBenchmark(primary.port, 16, 64, 150 * duration),
    ratio: throughput,
  },
  {
    what: 'in sync, 64 callers at the follower',
    peer: 'a call of gRPC each, 64 callers',
    bar: '>= 10',
    ours: () => follower.call('held', CALLERS, duration),
    theirs: () => unary.call('write', CALLERS, duration),
    ratio: throughput,
  },
]

/** Microseconds of CPU of either node so far. */
const cpu = (): Promise<number[]> => Promise.all([leader.call('cpu'), follower.call('cpu')])

// What runs for the first time is compiled first: all is as it is in a process that has run for some seconds.
for (const member of [leader, follower]) {
  await member.call('held', CALLERS, WARM)
  await member.call('held', 1, WARM)
}
await leader.call('led', CALLERS, WARM)
await client.call('held', WARM)
await unary.call('write', CALLERS, WARM)

const only = process.env['ONLY']
for (const { what, peer, bar, ours, theirs, ratio } of pairs) {
  if (only && !what.includes(only)) continue
  const seen: { ours: Tally; theirs: Tally; ratio: number; used: number[] }[] = []
  for (let round = 0; round < Number(rounds); round++) {
    const before = await cpu()
    const mine = await ours()
    const used = (await cpu()).map((after, at) => (after - (before[at] ?? 0)) / mine.writes)
    const peers = await theirs()
    seen.push({ ours: mine, theirs: peers, ratio: ratio(mine, peers), used })
  }
  const median = (of: (round: (typeof seen)[number]) => number): number =>
    seen.map(of).sort((left, right) => left - right)[seen.length >> 1] ?? Number.NaN
  for (const [name, side] of [
    [what, 'ours'],
    [peer, 'theirs'],
  ] as const) {
    const perSecond = Math.round(median((round) => round[side].perSecond)).toLocaleString('en')
    const times = (['p50', 'p99'] as const).map((part) => median((round) => round[side][part]).toFixed(3))
    const ratios = seen.map((round) => round.ratio).sort((left, right) => left - right)
    const used = [0, 1].map((at) => median((round) => round.used[at] ?? Number.NaN).toFixed(1))
    const said =
      side === 'ours'
        ? `${used.join(', ')} | **${median((round) => round.ratio).toFixed(2)}** (${ratios.at(0)?.toFixed(2)}..${ratios.at(-1)?.toFixed(2)}; ${bar})`
        : '|'
    console.log(`| ${name} | ${perSecond} | ${times.join(' | ')} | ${said} |`)
  }
}

await follower.call('close')
await leader.call('close')
for (const child of [leader, follower, client, unaryServer, unary]) await child.kill()
await Promise.all([primary.stop(), replica.stop(), etcd.stop()])
process.exit()
