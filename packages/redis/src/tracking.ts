import type { Telling } from './telling.ts'
import { toldKeys } from './told-keys.ts'

const CHANNEL = '__redis__:invalidate'
const OFF = ['TRACKING', 'OFF']

/**
 * Client tracking in broadcast mode: the server tells the names of all keys (or of those under the prefixes) that anybody
 * writes, and of those that expire, are evicted or flushed. It tells them as messages on a channel, since ioredis drops
 * the pushes of RESP3. https://redis.io/docs/latest/develop/reference/client-side-caching/
 *
 * It is the connection for calls that is tracked, so that the server leaves out what was changed there last: an own write
 * would otherwise drop its own copy. What is sent there must then be known to everybody who keeps copies, which it is not
 * where that connection is the user's (`theirs`): there the connection that listens is tracked, and everything is told.
 */
export function tracking(prefixes: readonly string[], theirs: boolean): Telling {
  const under = prefixes.flatMap((prefix) => ['PREFIX', prefix])
  let id = ''
  let joined = false
  const tracked = (...more: readonly string[]) => [
    'TRACKING',
    'ON',
    'REDIRECT',
    id,
    'BCAST',
    ...more,
    ...under,
  ]
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
      id = String(await client.call('CLIENT', ['ID']))
      if (theirs) await client.call('CLIENT', tracked())
      // What changed between the two is not told: nothing was kept yet.
      await client.subscribe(CHANNEL)
    },
    ...(!theirs && {
      // Both at once, so that nothing of an earlier connection comes between them.
      join: async (ask) => {
        joined = true
        await Promise.all([ask('CLIENT', OFF), ask('CLIENT', tracked('NOLOOP'))])
      },
      leave: (ask) => {
        if (joined) ask('CLIENT', OFF).catch(() => {})
      },
    }),
  }
}
