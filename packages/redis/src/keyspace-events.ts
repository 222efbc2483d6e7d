import { CacheError, literalPattern } from '@jcache/driver'
import type { Redis } from 'ioredis'
import type { Telling } from './telling.ts'
import { toldKeys } from './told-keys.ts'

const OPTION = 'notify-keyspace-events'
/** Events by key, of every kind that changes a key of a type that is copied; `A` stands for all of these but `K`. */
const WANTED = 'Kg$lshzxe'

/**
 * Keyspace notifications, for servers without client tracking. They cost the server more, must be switched on there, and
 * leave out what empties or swaps a whole database: that is found by counting such commands.
 * https://redis.io/docs/latest/develop/pubsub/keyspace-notifications/
 */
export function keyspaceEvents(prefixes: readonly string[], db: number): Telling {
  const channel = `__keyspace@${db}__:`
  const patterns = (prefixes.length > 0 ? prefixes : ['']).map(
    (prefix) => `${literalPattern(channel + prefix)}*`,
  )
  let flushes = ''
  return {
    name: 'keyspace notifications',
    advice: `run CONFIG SET ${OPTION} KA, allow CONFIG GET, INFO and PSUBSCRIBE, or choose invalidations 'none'`,
    protocol: 3,
    arm: async (client, tell) => {
      client.on('pmessageBuffer', (_pattern: unknown, name: Buffer) => {
        const told = toldKeys([name.subarray(channel.length)])
        if (told) tell(told)
      })
      await checkEvents(client)
      flushes = await flushesOf(client)
      await client.psubscribe(...patterns)
    },
    look: async (client, tell) => {
      await checkEvents(client)
      const found = await flushesOf(client)
      if (found !== flushes) tell({ kind: 'all' })
      flushes = found
    },
  }
}

/** @throws CacheError `UNSUPPORTED` where the server leaves out events. */
async function checkEvents(client: Redis): Promise<void> {
  const reply = await client.call('CONFIG', ['GET', OPTION])
  const flags = Array.isArray(reply) ? String(reply[1]) : ''
  const missing = [...WANTED].filter(
    (flag) => !flags.includes(flag) && (flag === 'K' || !flags.includes('A')),
  )
  if (missing.length === 0) return
  throw new CacheError(
    'UNSUPPORTED',
    `the server's ${OPTION} is "${flags}", which leaves out ${missing.join('')}: run CONFIG SET ${OPTION} KA`,
  )
}

/** How often whole databases were emptied or swapped, and since when this is counted. */
async function flushesOf(client: Redis): Promise<string> {
  const stats = String(await client.call('INFO', ['commandstats']))
  return [...stats.matchAll(/cmdstat_(flushall|flushdb|swapdb):calls=\d+/g)].join(' ')
}
