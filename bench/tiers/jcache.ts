import { createStringClient } from '@jcache/core'
import { memory } from '@jcache/memory'
import { redis } from '@jcache/redis'
import type { OverRedis } from './cache.ts'

export const jcache: OverRedis = async (url, maxEntries) => {
  const client = createStringClient([memory({ maxEntries }), redis(url)])
  await client.get('the connection is there')
  while (client.stream === 'connecting') await new Promise((resolve) => setTimeout(resolve, 5))
  return {
    get: (key) => client.get(key),
    set: (key, value) => client.set(key, value, { ttl: '1h' }),
    getMany: (keys) => client.mget(...keys),
    close: () => client.close(),
  }
}
