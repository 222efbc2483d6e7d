/**
 * What an entry costs: `node --expose-gc --conditions=@jcache/source bench/heap.ts`. A million entries (keys of 20
 * characters, values of 100, each with a ttl) in JCache's memory tier and in lru-cache, each in a process of its own;
 * heap and array buffers after garbage collection, keys and values included.
 */
import { execFileSync } from 'node:child_process'
import { memory } from '@jcache/memory'
import { LRUCache } from 'lru-cache'

const COUNT = 1_000_000
const HOUR = 3_600_000

const fills: Readonly<Record<string, () => unknown>> = {
  'lru-cache'() {
    const cache = new LRUCache<string, string>({ max: COUNT + 1, ttl: HOUR })
    for (let at = 0; at < COUNT; at++) cache.set(keyOf(at), textOf(at))
    return cache
  },
  jcache() {
    const driver = memory({ maxEntries: COUNT + 1, maxBytes: '4gb' })
    for (let at = 0; at < COUNT; at++) driver.commands.set(keyOf(at), textOf(at), { ttl: HOUR })
    console.error(`estimated by stats(): ${Math.round(driver.stats().bytes / COUNT)} B`)
    return driver
  },
}

// Joined texts are trees of their parts until they are read; from a buffer they are flat, as texts from a network are.
const flat = (text: string): string => Buffer.from(text, 'latin1').toString('latin1')
const keyOf = (at: number): string => flat(`key:${String(at).padStart(16, '0')}`)
const textOf = (at: number): string => flat(String(at).padEnd(100, 'v'))

const [subject] = process.argv.slice(2)
if (subject) {
  const used = (): number => {
    globalThis.gc?.()
    globalThis.gc?.()
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    return heapUsed + arrayBuffers
  }
  const before = used()
  const kept = fills[subject]?.()
  console.log(JSON.stringify({ bytes: (used() - before) / COUNT, kept: typeof kept }))
  process.exit(0)
}

const measured = Object.keys(fills).map((name) => {
  const args = [...process.execArgv, '--no-warnings', import.meta.filename, name]
  const out = execFileSync(process.execPath, args, { encoding: 'utf8' })
  return { name, bytes: (JSON.parse(out) as { bytes: number }).bytes }
})
const [peer] = measured
console.log('| subject | bytes an entry | ratio |\n|---|---|---|')
for (const { name, bytes } of measured)
  console.log(`| ${name} | ${Math.round(bytes)} | ${(bytes / (peer?.bytes ?? 1)).toFixed(2)} |`)
