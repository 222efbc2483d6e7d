import { memory } from '@jcache/memory'
import type { Setup } from '../suite.ts'
import { anyPlace, COUNT } from './places.ts'

/** A hundred values from anywhere in a list of a million. */
export const setup: Setup = () => {
  const { commands } = memory({ maxBytes: '1gb' })
  for (let at = 0; at < COUNT; at++) commands.rpush('list', `value:${at}`)
  return {
    run: () => {
      const start = anyPlace()
      return commands.lrange('list', start, start + 99)
    },
  }
}
