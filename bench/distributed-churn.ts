/**
 * Whether memory stays flat: `node --expose-gc --conditions=@jcache/source bench/distributed-churn.ts [seconds]`. Three nodes in
 * this process, over gRPC, are written and read as fast as they answer, with many more keys than they hold, lives of a few
 * seconds and hashes that grow. Prints every ten seconds the heap after a collection, the resident memory, and how the nodes stand.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { distributed } from '@jcache/distributed'
import { localCoordinator, localPlace } from '@jcache/driver/election'

const SECONDS = Number(process.argv[2] ?? 60)
const TOGETHER = 200

const place = localPlace()
const nodes = Array.from({ length: 3 }, () =>
  distributed({ coordinator: localCoordinator(place), maxEntries: 20_000, ring: '4mb' }),
)
const roles = () => nodes.map((node) => node.status()?.role ?? 'joining')
while (roles().includes('joining')) await sleep(20)

let calls = 0
const call = (at: number): unknown => {
  const { set, get, hset } = (nodes[at % nodes.length] ?? nodes[0])?.commands ?? {}
  if (at % 5 === 0) return get?.(`key:${at % 50_000}`)
  if (at % 7 === 0) return hset?.(`hash:${at % 5_000}`, [[`field:${at % 50}`, `value ${at}`]])
  return set?.(`key:${(at * 7_919) % 100_000}`, `value ${at}`, { ttl: 1_000 + (at % 5_000) })
}

console.log('| calls | heap, MB | resident, MB | writes applied | ring, MB |')
console.log('|---|---|---|---|---|')
const begun = performance.now()
let nextAt = begun
while (performance.now() - begun < SECONDS * 1_000) {
  await Promise.all(Array.from({ length: TOGETHER }, () => call(calls++)))
  if (performance.now() < nextAt) continue
  nextAt += 10_000
  globalThis.gc?.()
  const { heapUsed, rss } = process.memoryUsage()
  const [megabytes, resident] = [heapUsed, rss].map((bytes) => Math.round(bytes / 1e6))
  const standing = nodes.map((node) => node.status())
  const applied = standing.map((status) => status?.applied).join(', ')
  const ring = standing.map((status) => ((status?.ring ?? 0) / 1e6).toFixed(1)).join(', ')
  console.log(`| ${calls} | ${megabytes} | ${resident} | ${applied} | ${ring} |`)
}
await Promise.all(nodes.map((node) => node.close()))
