import { createClient } from '@jcache/core'
import { memory } from '@jcache/memory'
import type { Setup } from '../suite.ts'
import { far } from './far.ts'
import { keyAt, keys } from './keys.ts'

export const setup: Setup = async () => {
  const client = createClient([memory(), far()], { nearTtl: '1h' })
  for (const key of keys) await client.set(key, `value of ${key}`)
  return { run: (at) => client.get(keyAt(at)), close: () => client.close() }
}
