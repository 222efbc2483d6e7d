import { Cacheable } from 'cacheable'
import type { Setup } from '../suite.ts'
import { keyAt, keys } from './keys.ts'

export const setup: Setup = async () => {
  const cache = new Cacheable({ ttl: '1h' })
  for (const key of keys) await cache.set(key, `value of ${key}`)
  return { run: (at) => cache.get(keyAt(at)), close: () => cache.disconnect() }
}
