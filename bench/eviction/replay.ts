/**
 * Hit ratios: `[JCACHE_TRACES=folder] node --conditions=@jcache/source bench/eviction/replay.ts`. Replays traces through
 * JCache's memory tier (`get`, and `set` where it answered nothing) and through four policies of the field. Regret is the
 * best of the four less JCache's, at least 0.
 */
import { memory } from '@jcache/memory'
import { arc } from './arc.ts'
import { lru } from './lru.ts'
import type { Policy } from './policy.ts'
import { s3fifo } from './s3-fifo.ts'
import { madeTraces, realTraces, type Trace } from './traces.ts'
import { wTinyLfu } from './w-tinylfu.ts'

const jcache: Policy = (entries) => {
  const { commands } = memory({ maxEntries: entries, maxBytes: '4gb' })
  return (id) => {
    const key = `key:${id}`
    if (commands.get(key) !== null) return true
    commands.set(key, '')
    return false
  }
}

const field: Readonly<Record<string, Policy>> = {
  LRU: lru,
  ARC: arc,
  'S3-FIFO': s3fifo,
  'W-TinyLFU': wTinyLfu,
}

function ratio(policy: Policy, { requests }: Trace, entries: number): number {
  const ask = policy(entries)
  let hits = 0
  for (const key of requests) if (ask(key)) hits++
  return (100 * hits) / requests.length
}

function replay(title: string, traces: readonly Trace[]): void {
  const regrets: number[] = []
  console.log(`\n${title}\n\n| trace | entries | ${Object.keys(field).join(' | ')} | JCache | regret |`)
  console.log(`|${'---|'.repeat(Object.keys(field).length + 4)}`)
  for (const trace of traces) {
    for (const entries of trace.sizes) {
      const theirs = Object.values(field).map((policy) => ratio(policy, trace, entries))
      const ours = ratio(jcache, trace, entries)
      const regret = Math.max(0, Math.max(...theirs) - ours)
      regrets.push(regret)
      console.log(
        `| ${[trace.name, entries, ...[...theirs, ours, regret].map((each) => each.toFixed(2))].join(' | ')} |`,
      )
    }
  }
  const mean = regrets.reduce((sum, regret) => sum + regret, 0) / regrets.length
  console.log(`\nregret: mean ${mean.toFixed(2)}, worst ${Math.max(...regrets).toFixed(2)}`)
}

replay('Made traces', madeTraces())
const real = realTraces(process.env['JCACHE_TRACES'])
if (real.length) replay('Traces of real systems', real)
else console.log('\nSet JCACHE_TRACES to a folder of traces of real systems to replay those too.')
