/** One process that writes its keys by plain Redis, and knows nothing of caches. */

import { createClient } from '@jcache/core'
import { redis } from '@jcache/redis'
import { Redis } from 'ioredis'
import { connectionOf } from './connection-of.ts'
import type { Key } from './keys.ts'
import { play } from './player.ts'
import { sent } from './sent.ts'
import { answers } from './talk.ts'

const [url = '', number = '0'] = process.argv.slice(2)
/** In a cluster, ioredis would send again what had no answer, and a write might come back after a later one. */
const tier = url.includes(',')
  ? createClient([redis(connectionOf(url), { invalidations: 'none', commandTimeout: 400 })])
  : undefined
const client = new Redis(url.split(',')[0] ?? '', {
  autoResendUnfulfilledCommands: false,
  commandTimeout: 400,
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  retryStrategy: () => 10,
})
client.on('error', () => {})
const versions = new Map<string, number>()

answers({
  play: (keys: readonly Key[], seed: number, ms: number) =>
    play(
      {
        process: Number(number),
        write: (words) => (tier ? sent(tier, words) : client.call(words[0], words.slice(1))),
      },
      keys,
      versions,
      seed,
      ms,
    ),
})
