import KeyvRedis from '@keyv/redis'
import { Cacheable, CacheableMemory, Keyv } from 'cacheable'
import type { OverRedis } from './cache.ts'

export const cacheable: OverRedis = (url, lruSize) => {
  const primary = new Keyv({ store: new CacheableMemory({ lruSize }) })
  const cache = new Cacheable({ primary, secondary: new KeyvRedis(url), ttl: '1h' })
  return {
    get: (key) => cache.get(key),
    set: (key, value) => cache.set(key, value),
    getMany: (keys) => cache.getMany(keys),
    close: () => cache.disconnect(),
  }
}
