import { setTimeout as sleep } from 'node:timers/promises'
import { createClient } from '@jcache/core'
import { memory } from '@jcache/memory'
import { type RedisDriverOptions, redis } from '@jcache/redis'
import { startRedis } from '../../scripts/servers/redis.ts'
import { keyAt, keys } from '../near-hit/keys.ts'
import type { Subject } from '../suite.ts'

/** Hits on near copies of what a Redis of its own holds. */
export async function nearCopies(options: RedisDriverOptions): Promise<Subject> {
  const server = await startRedis({ fetch: true })
  const client = createClient(
    [memory(), redis(server.url, options)],
    options.invalidations === 'none' ? { nearTtl: '1h' } : {},
  )
  for (const key of keys) await client.set(key, `value of ${key}`)
  while (client.stream === 'connecting') await sleep(5)
  // What was told of the writes has come by then.
  await sleep(200)
  for (const key of keys) await client.get(key)
  const missing = keys.filter((key) => typeof client.peek(key) !== 'string')
  if (missing.length > 0) throw new Error(`${missing.length} keys have no near copy`)
  return {
    run: (at) => client.get(keyAt(at)),
    close: async () => {
      await client.close()
      await server.stop()
    },
  }
}
