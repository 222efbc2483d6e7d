import { Redis } from 'ioredis'
import { createNotificationPair, ManualCache, RedisCache } from 'layered-loader'
import type { OverRedis } from './cache.ts'

/** With the notifications that tell other instances. */
export const layeredLoader: OverRedis = async (url, maxItems) => {
  const redis = new Redis(url)
  const { host = '', port = 0 } = redis.options
  const { publisher, consumer } = createNotificationPair<string>({
    channel: 'jcache-bench',
    publisherRedis: { host, port },
    consumerRedis: { host, port },
  })
  const cache = new ManualCache<string>({
    inMemoryCache: { cacheType: 'lru-object', ttlInMsecs: 3_600_000, maxItems },
    asyncCache: new RedisCache<string>(redis, { prefix: 'layered-loader', ttlInMsecs: 3_600_000 }),
    // It finds the key of what it fetched in the value.
    cacheKeyFromValueResolver: (value) => value.slice('value of '.length),
    notificationPublisher: publisher,
    notificationConsumer: consumer,
  })
  await cache.init()
  return {
    get: (key) => cache.get(key),
    set: (key, value) => cache.set(key, value),
    getMany: (keys) => cache.getMany(keys),
    close: async () => {
      await cache.close()
      redis.disconnect()
    },
  }
}
