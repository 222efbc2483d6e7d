import { createCache } from 'async-cache-dedupe'
import type { Setup } from '../suite.ts'
import { keyAt, keys, objectOf } from './objects.ts'

export const setup: Setup = async () => {
  const cache = createCache({ ttl: 3_600, storage: { type: 'memory', options: { size: 100_000 } } }).define(
    'load',
    async (key: string) => objectOf(key),
  )
  for (const key of keys) await cache.load(key)
  return { run: (at) => cache.load(keyAt(at)) }
}
