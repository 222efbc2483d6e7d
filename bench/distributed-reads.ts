/**
 * Reads of the distributed tier beside those of the memory tier: `node --conditions=@jcache/source bench/distributed-reads.ts [rounds]`.
 * A leader with 100,000 texts and 3,000 collections stays; each subject is a process of its own, one after the other, round
 * after round: the memory tier, a follower that got everything from the leader, and a leader alone, as they are and through a
 * client. Prints medians of CPU time, which is what reads take, and ratios to the memory tier.
 */
import { startEtcd } from '../scripts/servers/etcd.ts'
import { startChild } from '../scripts/servers/talk.ts'
import type { SubjectOffers, Times } from './distributed-reads/subject.ts'

const [rounds = '3', only = ''] = process.argv.slice(2)
const etcd = await startEtcd({ fetch: true })
const file = new URL('./distributed-reads/subject.ts', import.meta.url)
let places = 0
const start = (kind: string, asked: string, place: string) =>
  startChild<SubjectOffers>(file, [kind, asked, etcd.urls.join(), place])

const leader = await start('leader', 'driver', '/bench/reads')
await leader.call('ready')

const subjects = ['memory', 'follower', 'leader'].filter(
  (kind) => kind === 'memory' || !only || only === kind,
)
const found = new Map<string, Times[]>()
for (let round = 0; round < Number(rounds); round++)
  for (const asked of ['driver', 'client'])
    for (const kind of subjects) {
      const place = kind === 'leader' ? `/bench/alone/${places++}` : '/bench/reads'
      const child = await start(kind, asked, place)
      await child.call('ready')
      const times = await child.call('measure')
      const name = `${kind} ${asked}`
      found.set(name, [...(found.get(name) ?? []), times])
      await child.call('close')
      await child.kill()
    }

const median = (of: readonly number[]) => [...of].sort((a, b) => a - b)[of.length >> 1] ?? Number.NaN
for (const asked of ['driver', 'client']) {
  console.log(`| ${asked} | ${subjects.map((kind) => `${kind}, ns`).join(' | ')} |`)
  console.log(`|---${subjects.map(() => '|---').join('')}|`)
  for (const command of ['get', 'hget', 'zrange', 'lrange'] as const) {
    const [base = Number.NaN, ...others] = subjects.map((kind) =>
      median((found.get(`${kind} ${asked}`) ?? []).map((times) => times[command])),
    )
    const cells = others.map((ns) => `${ns.toFixed(0)} (${(ns / base).toFixed(2)})`)
    console.log(`| ${[command, base.toFixed(0), ...cells].join(' | ')} |`)
  }
}
await leader.call('close')
await leader.kill()
await etcd.stop()
