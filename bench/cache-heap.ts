/**
 * What objects cost in the cache: `node --expose-gc --conditions=@jcache/source bench/cache-heap.ts`. 100,000 objects of 20
 * fields: their encoded texts alone, the decoded objects alone, and the cache over memory, which holds both; each in a process
 * of its own, after garbage collection. The aim is 1.3 times the sum of the first two.
 */
import { execFileSync } from 'node:child_process'
import { createCache, createClient } from '@jcache/core'
import { memory } from '@jcache/memory'
import { objectOf } from './cache-near-hit/objects.ts'

const COUNT = 100_000

// Joined texts are trees of their parts until they are read; from a buffer they are flat, as texts from a network are.
const flat = (text: string): string => Buffer.from(text, 'latin1').toString('latin1')
const keyOf = (at: number): string => flat(`user:${at}`)
const textOf = (at: number): string => flat(JSON.stringify(objectOf(keyOf(at))))

const fills: Readonly<Record<string, () => unknown>> = {
  texts: () => Array.from({ length: COUNT }, (_, at) => textOf(at)),
  objects: () => Array.from({ length: COUNT }, (_, at) => JSON.parse(textOf(at))),
  async cache() {
    const client = createClient([memory({ maxBytes: '1gb' })])
    const cache = createCache(client, { ttl: '1h', stale: '1h', decodedLimit: 200_000_000 })
    for (let at = 0; at < COUNT; at++) {
      const key = keyOf(at)
      await cache.set(key, JSON.parse(textOf(at)))
    }
    for (let at = 0; at < COUNT; at++) await cache.get(keyOf(at))
    return [client, cache]
  },
}

const [subject] = process.argv.slice(2)
if (subject) {
  const used = (): number => {
    globalThis.gc?.()
    globalThis.gc?.()
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    return heapUsed + arrayBuffers
  }
  const before = used()
  const kept = await fills[subject]?.()
  console.log(JSON.stringify({ bytes: (used() - before) / COUNT, kept: typeof kept }))
  process.exit(0)
}

const bytesOf = Object.fromEntries(
  Object.keys(fills).map((name) => {
    const args = [...process.execArgv, '--no-warnings', import.meta.filename, name]
    const out = execFileSync(process.execPath, args, { encoding: 'utf8' })
    return [name, (JSON.parse(out) as { bytes: number }).bytes]
  }),
)
const sum = (bytesOf['texts'] ?? 0) + (bytesOf['objects'] ?? 0)
console.log('| | bytes an object | to the sum of both |\n|---|---|---|')
for (const [name, bytes] of Object.entries(bytesOf))
  console.log(`| ${name} | ${Math.round(bytes)} | ${(bytes / sum).toFixed(2)} |`)
