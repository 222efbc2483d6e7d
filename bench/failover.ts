/**
 * How long nobody leads, and what is lost: `node --conditions=@jcache/source bench/failover.ts [rounds] [rounds of Sentinel]
 * [fault]`. The leader of three nodes, and the primary of a Redis with two replicas under three sentinels, are killed,
 * frozen, parted from all others (needs root and iptables) and closed, under writers that put down what was acknowledged. All
 * keys are read back after each round.
 */
import { Nodes } from './failover/nodes.ts'
import { whyNoPartition } from './failover/partition.ts'
import { type Fault, faults, type Round, spread } from './failover/round.ts'
import { Sentinels } from './failover/sentinels.ts'

const [rounds = '20', sentinelRounds = '5', only] = process.argv.slice(2)
const unable = whyNoPartition()
if (unable) console.log(`Without the rows of partitions: ${unable}.`)
const wanted = faults.filter((fault) => (only ? fault === only : fault !== 'partition' || !unable))

console.log(
  '| | | next leader, ms (p50 / p90 / max) | serves | a waiting writer | close() | acknowledged | lost | failed calls |',
)
console.log('|---|---|---|---|---|---|---|---|---|')

function show(subject: string, fault: Fault, done: readonly Round[]): void {
  const sum = (of: (round: Round) => number) => done.reduce((total, round) => total + of(round), 0)
  const failed = done.flatMap((round) => round.failed)
  const cells = [
    subject,
    `${fault} × ${done.length}`,
    spread(done.map(({ leads }) => leads)),
    spread(done.flatMap(({ serves }) => serves ?? [])),
    spread(done.flatMap(({ waits }) => waits)),
    spread(done.flatMap(({ closing }) => closing ?? [])),
    `${sum(({ acknowledged }) => acknowledged)}`,
    `${sum(({ lost }) => lost)}`,
    `${failed.length}`,
  ]
  console.log(`| ${cells.join(' | ')} |`)
  for (const why of new Set(failed.map((each) => each.replaceAll(/\d+/g, '#')))) console.log(`failed: ${why}`)
}

async function measure(subject: string, set: Nodes | Sentinels, rounds: number, of: readonly Fault[]) {
  for (const fault of of) {
    const done: Round[] = []
    while (done.length < rounds) done.push(await set.round(fault))
    if (done.length > 0) show(subject, fault, done)
  }
  await set.stop()
}

if (Number(rounds) > 0) await measure('jcache', await Nodes.start(!unable), Number(rounds), wanted)
if (Number(sentinelRounds) > 0) {
  const possible = wanted.filter((fault) => fault !== 'close()')
  await measure('Redis Sentinel', await Sentinels.start(), Number(sentinelRounds), possible)
}
