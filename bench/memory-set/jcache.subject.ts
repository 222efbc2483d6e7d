import { memory } from '@jcache/memory'
import { keyAt, keys } from '../memory-get/keys.ts'
import type { Setup } from '../suite.ts'
import { options } from './options.ts'

export const setup: Setup = () => {
  const { commands } = memory()
  for (const key of keys) commands.set(key, `value of ${key}`)
  return { run: (at) => commands.set(keyAt(at), 'another value', options) }
}
