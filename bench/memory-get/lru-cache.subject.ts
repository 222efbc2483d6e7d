import { LRUCache } from 'lru-cache'
import type { Setup } from '../suite.ts'
import { keyAt, keys } from './keys.ts'

export const setup: Setup = () => {
  const cache = new LRUCache<string, string>({ max: 1_000_000 })
  for (const key of keys) cache.set(key, `value of ${key}`)
  return { run: (at) => cache.get(keyAt(at)) }
}
