import { Redis } from 'ioredis'
import { startRedis } from '../../scripts/servers/redis.ts'
import type { Subject } from '../suite.ts'
import { anyScore, members } from './million.ts'

/** Calls at once: as many as were answered fastest, of 100, 300, 1,000 and 3,000, and with a second batch under way or not. */
const CALLS = 300
const KEY = 'jcache:bench:million'

/** The call on a real Redis (REDIS_URL, else one of its own) over loopback, through ioredis with automatic pipelines. */
export async function onServer(call: (redis: Redis, key: string) => Promise<unknown>): Promise<Subject> {
  const server = await startRedis({ shared: true, fetch: true })
  const redis = new Redis(server.url, { enableAutoPipelining: true })
  await redis.del(KEY)
  for (let at = 0; at < members.length; at += 1_000)
    await redis.zadd(KEY, ...members.slice(at, at + 1_000).flatMap((member) => [anyScore(), member]))
  return {
    calls: CALLS,
    run: () => Promise.all(Array.from({ length: CALLS }, () => call(redis, KEY))),
    close: async () => {
      await redis.del(KEY)
      redis.disconnect()
      await server.stop()
    },
  }
}
