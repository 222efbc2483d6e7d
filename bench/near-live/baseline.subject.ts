import { createClient } from '@jcache/core'
import { memory } from '@jcache/memory'
import { keyAt, keys } from '../near-hit/keys.ts'
import type { Setup } from '../suite.ts'

/** The same hit without Redis. */
export const setup: Setup = async () => {
  const client = createClient([memory()])
  for (const key of keys) await client.set(key, `value of ${key}`)
  return { run: (at) => client.get(keyAt(at)), close: () => client.close() }
}
