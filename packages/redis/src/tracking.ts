import type { Telling } from './telling.ts'
import { toldKeys } from './told-keys.ts'

const CHANNEL = '__redis__:invalidate'

/**
 * Client tracking in broadcast mode: the server tells the names of all keys (or of those under the prefixes) that anybody
 * writes, and of those that expire, are evicted or flushed. It tells them as messages on a channel, since ioredis drops
 * the pushes of RESP3, and to the very connection that asked. https://redis.io/docs/latest/develop/reference/client-side-caching/
 */
export function tracking(prefixes: readonly string[]): Telling {
  return {
    name: 'client tracking',
    advice: `allow CLIENT ID, CLIENT TRACKING and the channel ${CHANNEL}, or choose invalidations 'keyspace' or 'none'`,
    protocol: 2,
    arm: async (client, tell) => {
      // Names come as a list, or as nothing when all keys were flushed. As text they would be joined by commas.
      client.on('messageBuffer', (_channel: unknown, names: unknown) => {
        const told = Array.isArray(names) ? toldKeys(names) : ({ kind: 'all' } as const)
        if (told) tell(told)
      })
      const id = String(await client.call('CLIENT', ['ID']))
      const under = prefixes.flatMap((prefix) => ['PREFIX', prefix])
      await client.call('CLIENT', ['TRACKING', 'ON', 'REDIRECT', id, 'BCAST', ...under])
      // What changed between the two is not told: nothing was kept yet.
      await client.subscribe(CHANNEL)
    },
  }
}
