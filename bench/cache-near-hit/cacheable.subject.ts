import { Cacheable } from 'cacheable'
import type { Setup } from '../suite.ts'
import { keyAt, keys, never, objectOf } from './objects.ts'

export const setup: Setup = async () => {
  const cache = new Cacheable({ ttl: '1h' })
  for (const key of keys) await cache.set(key, objectOf(key))
  return { run: (at) => cache.getOrSet(keyAt(at), never), close: () => cache.disconnect() }
}
