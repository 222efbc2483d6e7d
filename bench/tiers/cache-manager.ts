import KeyvRedis from '@keyv/redis'
import { createCache } from 'cache-manager'
import { CacheableMemory, Keyv } from 'cacheable'
import type { OverRedis } from './cache.ts'

export const cacheManager: OverRedis = (url, lruSize) => {
  const near = new Keyv({ store: new CacheableMemory({ lruSize }) })
  const cache = createCache({ stores: [near, new Keyv({ store: new KeyvRedis(url) })], ttl: 3_600_000 })
  return {
    get: (key) => cache.get(key),
    set: (key, value) => cache.set(key, value),
    getMany: (keys) => cache.mget(keys),
    close: () => cache.disconnect(),
  }
}
