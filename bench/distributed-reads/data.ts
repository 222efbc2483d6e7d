import type { Commands, DriverCommands } from '@jcache/driver'
import { zipf } from '../suite.ts'

export const KEYS = 100_000
const COLLECTIONS = 1_000
const PARTS = 100

/** Ready-made: few of them are asked for often. */
const keys: readonly string[] = Array.from({ length: KEYS }, (_, at) => `key:${at}`)
const order = zipf(KEYS, 1 << 20)
const hashes: readonly string[] = Array.from({ length: COLLECTIONS }, (_, at) => `hash:${at}`)
const lists: readonly string[] = Array.from({ length: COLLECTIONS }, (_, at) => `list:${at}`)
const sets: readonly string[] = Array.from({ length: COLLECTIONS }, (_, at) => `zset:${at}`)

/** A text of its own, as one that came over the network: what is asked for is never the same object as what is held. */
function made(text: string): string {
  return Buffer.from(text).toString('latin1')
}

/** Fills the tier with all that is read. */
export async function fill({ set, hset, rpush, zadd }: DriverCommands<Commands>): Promise<void> {
  for (let at = 0; at < KEYS; at += 1_000)
    await Promise.all(keys.slice(at, at + 1_000).map((key) => set(made(key), made(`value of ${key}`))))
  const parts = () => Array.from({ length: PARTS }, (_, part) => made(`part:${part}`))
  for (let at = 0; at < COLLECTIONS; at++)
    await Promise.all([
      hset(
        made(hashes[at] ?? ''),
        parts().map((part) => [part, made(`value of ${part}`)] as const),
      ),
      rpush(made(lists[at] ?? ''), ...parts()),
      zadd(
        made(sets[at] ?? ''),
        parts().map((part, score) => [part, score] as const),
      ),
    ])
}

interface Reads {
  get(key: string): unknown
  hget(key: string, field: string): unknown
  zrange(key: string, start: number, stop: number): unknown
  lrange(key: string, start: number, stop: number): unknown
}

/** What is measured: reads by their number, each of another key. */
export const reads: { readonly [Name in keyof Reads]: (tier: Reads, at: number) => unknown } = {
  get: (tier, at) => tier.get(keys[order[at & 0xfffff] ?? 0] ?? ''),
  hget: (tier, at) => tier.hget(hashes[(at * 7) % COLLECTIONS] ?? '', 'part:50'),
  zrange: (tier, at) => tier.zrange(sets[(at * 7) % COLLECTIONS] ?? '', 20, 29),
  lrange: (tier, at) => tier.lrange(lists[(at * 7) % COLLECTIONS] ?? '', 20, 29),
}
