import { createClient } from 'jcache'
import type { Setup } from '../suite.ts'
import { keyAt, keys } from './keys.ts'

export const setup: Setup = async () => {
  const client = createClient()
  for (const key of keys) await client.set(key, `value of ${key}`)
  return { run: (at) => client.get(keyAt(at)), close: () => client.close() }
}
