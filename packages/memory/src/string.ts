import type { StringCommands } from '@jcache/driver'
import type { Group } from './group.ts'
import { addIntegers } from './integer.ts'
import { expiryAt } from './keyspace.ts'

/** `get set incrby …`: texts. */
export const stringGroup: Group<StringCommands> = {
  commands: (space) => ({
    get: (key) => space.text(key) ?? null,

    set: (key, value, options = {}) => {
      const { ttl, at, keepttl, nx, xx, get } = options
      const old = get ? (space.text(key) ?? null) : null
      const allowed = !(nx || xx) || space.has(key) === !!xx
      if (allowed) {
        const expiresAt = ttl ? space.now() + ttl : keepttl ? space.expiresAt(key) : expiryAt(at)
        space.put(key, value, expiresAt)
      }
      return get ? old : allowed
    },

    setnx: (key, value) => {
      if (space.has(key)) return false
      space.put(key, value)
      return true
    },

    mget: (...keys) =>
      keys.map((key) => {
        const value = space.read(key)
        return typeof value === 'string' ? value : null
      }),

    mset: (values) => {
      for (const [key, value] of values) space.put(key, value)
    },

    incrby: (key, increment) => {
      const sum = addIntegers(space.text(key), increment, key)
      space.put(key, String(sum), space.expiresAt(key))
      return sum
    },
  }),
}
