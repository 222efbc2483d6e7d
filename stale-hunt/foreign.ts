/** One process that writes its keys by plain Redis, and knows nothing of caches. */

import { Redis } from 'ioredis'
import type { Key } from './keys.ts'
import { play } from './player.ts'
import { answers } from './talk.ts'

const [url = '', number = '0'] = process.argv.slice(2)
const client = new Redis(url, {
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
      { process: Number(number), write: ([command, ...words]) => client.call(command, words) },
      keys,
      versions,
      seed,
      ms,
    ),
})
