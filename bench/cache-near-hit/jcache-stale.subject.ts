import { createCache, createClient } from '@jcache/core'
import { memory } from '@jcache/memory'
import { far } from '../near-hit/far.ts'
import type { Setup } from '../suite.ts'
import { keyAt, keys, never, objectOf } from './objects.ts'

/** With a stale window, whose values must be compared with the clock. */
export const setup: Setup = async () => {
  const client = createClient([memory(), far()], { nearTtl: '1h' })
  const cache = createCache(client, { ttl: '30m', stale: '1h' })
  for (const key of keys) await cache.set(key, objectOf(key))
  return { run: (at) => cache.getOrSet(keyAt(at), never), close: () => client.close() }
}
