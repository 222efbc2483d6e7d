import { memory } from '@jcache/memory'
import type { Setup } from '../suite.ts'
import { CAPACITY, freshKey } from './keys.ts'

export const setup: Setup = () => {
  const { commands } = memory({ maxEntries: CAPACITY })
  for (let at = 0; at < CAPACITY; at++) commands.set(freshKey(at), 'value')
  return { run: (at) => commands.set(freshKey(CAPACITY + at), 'value') }
}
