import { LRUCache } from 'lru-cache'
import type { Setup } from '../suite.ts'
import { CAPACITY, freshKey } from './keys.ts'

export const setup: Setup = () => {
  const cache = new LRUCache<string, string>({ max: CAPACITY })
  for (let at = 0; at < CAPACITY; at++) cache.set(freshKey(at), 'value')
  return { run: (at) => cache.set(freshKey(CAPACITY + at), 'value') }
}
