import { createCache } from 'cache-manager'
import type { Setup } from '../suite.ts'
import { keyAt, keys, never, objectOf } from './objects.ts'

export const setup: Setup = async () => {
  const cache = createCache({ ttl: 3_600_000 })
  for (const key of keys) await cache.set(key, objectOf(key))
  return { run: (at) => cache.wrap(keyAt(at), never), close: () => cache.disconnect() }
}
