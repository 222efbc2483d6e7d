import { Redis } from 'ioredis'
import type { OverRedis } from './cache.ts'

/** No cache at all: the server asked each time. */
export const ioredis: OverRedis = (url) => {
  const redis = new Redis(url, { enableAutoPipelining: false })
  return {
    get: (key) => redis.get(key),
    set: (key, value) => redis.set(key, value, 'PX', 3_600_000),
    getMany: (keys) => redis.mget(keys),
    close: () => redis.disconnect(),
  }
}
