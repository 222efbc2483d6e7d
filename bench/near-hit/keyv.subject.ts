import { Keyv } from 'keyv'
import type { Setup } from '../suite.ts'
import { keyAt, keys } from './keys.ts'

export const setup: Setup = async () => {
  const cache = new Keyv({ ttl: 3_600_000 })
  for (const key of keys) await cache.set(key, `value of ${key}`)
  return { run: (at) => cache.get(keyAt(at)) }
}
