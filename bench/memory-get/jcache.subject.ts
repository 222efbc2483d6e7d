import { memory } from '@jcache/memory'
import type { Setup } from '../suite.ts'
import { keyAt, keys } from './keys.ts'

export const setup: Setup = () => {
  const { commands } = memory()
  for (const key of keys) commands.set(key, `value of ${key}`)
  return { run: (at) => commands.get(keyAt(at)) }
}
