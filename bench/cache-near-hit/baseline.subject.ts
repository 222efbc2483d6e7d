import { createClient } from '@jcache/core'
import { memory } from '@jcache/memory'
import { far } from '../near-hit/far.ts'
import type { Setup } from '../suite.ts'
import { keyAt, keys, objectOf } from './objects.ts'

/** The client's own near hit, of a text as long as the object's. */
export const setup: Setup = async () => {
  const client = createClient([memory(), far()], { nearTtl: '1h' })
  for (const key of keys) await client.set(key, JSON.stringify(objectOf(key)), { ttl: '1h' })
  return { run: (at) => client.get(keyAt(at)), close: () => client.close() }
}
