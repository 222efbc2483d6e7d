/**
 * More keys than one Map can hold: `node --max-old-space-size=12000 --conditions=@jcache/source bench/many-keys.ts`.
 * Fills a memory tier with 20 million keys, reads a sample back, and prints what a set and a get took on the way.
 */
import { memory } from '@jcache/memory'

const COUNT = 20_000_000
const PIECE = 2_000_000

const { commands, stats } = memory({ maxEntries: COUNT, maxBytes: '64gb' })
console.log('| keys | set, ns | get, ns |\n|---|---|---|')
for (let from = 0; from < COUNT; from += PIECE) {
  const start = performance.now()
  for (let at = from; at < from + PIECE; at++) commands.set(`key:${at}`, 'value')
  const filled = performance.now()
  for (let at = 0; at < PIECE; at++) {
    const key = `key:${(at * 7_919) % (from + PIECE)}`
    if (commands.get(key) !== 'value') throw new Error(`${key} is gone`)
  }
  const read = performance.now()
  const ns = (ms: number): number => Math.round((ms * 1e6) / PIECE)
  console.log(`| ${from + PIECE} | ${ns(filled - start)} | ${ns(read - filled)} |`)
}
console.log(`\nentries: ${stats().entries}, evictions: ${stats().evictions}`)
