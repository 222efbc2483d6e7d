import { startRedis } from '../../scripts/servers/redis.ts'
import type { Subject } from '../suite.ts'
import type { OverRedis, TieredCache } from './cache.ts'

/** Entries that Redis holds, of which only a few find room in memory: walked round and round, nearly each is a near miss. */
const KEYS = 50_000
const NEAR = 500

/** The key of the walk at this step. */
export const keyAt = (at: number): string => `key:${at % KEYS}`

/** The cache over a real Redis of its own, which holds every key. */
export async function overServer(
  over: OverRedis,
  measured: (cache: TieredCache) => Subject,
): Promise<Subject> {
  // A server for each, as the writes of one would be told to the others.
  const server = await startRedis({ fetch: true })
  const cache = await over(server.url, NEAR)
  for (let at = 0; at < KEYS; at += 500)
    await Promise.all(
      Array.from({ length: 500 }, (_, next) => cache.set(keyAt(at + next), `value of ${keyAt(at + next)}`)),
    )
  return {
    ...measured(cache),
    close: async () => {
      await cache.close()
      await server.stop()
    },
  }
}
