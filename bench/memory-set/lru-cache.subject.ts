import { LRUCache } from 'lru-cache'
import { keyAt, keys } from '../memory-get/keys.ts'
import type { Setup } from '../suite.ts'
import { options } from './options.ts'

export const setup: Setup = () => {
  const cache = new LRUCache<string, string>({ max: 1_000_000 })
  for (const key of keys) cache.set(key, `value of ${key}`)
  return { run: (at) => cache.set(keyAt(at), 'another value', options) }
}
