import type { PlainStringCommands, ReadyPairs } from '@jcache/driver'
import { expiryAt } from './expiry-at.ts'
import type { Group } from './group.ts'
import { addIntegers } from './integer.ts'
import type { Keyspace } from './keyspace.ts'

/** `get set incrby …`: texts as a whole, and integers in them. */
export const plainStringGroup: Group<PlainStringCommands> = {
  commands: (space) => {
    const get = (key: string) => space.text(key) ?? null
    const add = (key: string, increment: number) => {
      const sum = addIntegers(space.text(key), increment, key)
      space.put(key, String(sum), null)
      return sum
    }
    const mset = (values: ReadyPairs<string>) => {
      for (const [key, value] of values) space.put(key, value)
    }
    return {
      get,

      set: (key, value, options = {}) => {
        const { ttl, at, keepttl, nx, xx } = options
        const old = options.get ? get(key) : null
        const allowed = !(nx || xx) || space.has(key) === !!xx
        if (allowed)
          space.put(key, value, keepttl && space.has(key) ? null : expiryOf(space, ttl, at), 0, ttl)
        return options.get ? old : allowed
      },

      setnx: (key, value) => {
        const isNew = !space.has(key)
        if (isNew) space.put(key, value)
        return isNew
      },

      mget: (...keys) =>
        keys.map((key) => {
          const value = space.read(key)
          return typeof value === 'string' ? value : null
        }),

      mset,

      msetnx: (values) => {
        const areNew = !values.some(([key]) => space.has(key))
        if (areNew) mset(values)
        return areNew
      },

      getset: (key, value) => {
        const old = get(key)
        space.put(key, value)
        return old
      },

      getdel: (key) => {
        const old = get(key)
        space.delete(key)
        return old
      },

      getex: (key, { ttl, at, persist } = {}) => {
        const text = get(key)
        const expiresAt = expiryOf(space, ttl, at)
        if (expiresAt || (persist && space.expiresAt(key))) space.expire(key, expiresAt)
        return text
      },

      incr: (key) => add(key, 1),

      decr: (key) => add(key, -1),

      incrby: add,

      decrby: (key, decrement) => add(key, -decrement),
    }
  },
}

/** When the key expires that gets these options, 0 for never. */
function expiryOf(space: Keyspace, ttl: number | undefined, at: number | undefined): number {
  return ttl ? space.now() + ttl : expiryAt(at)
}
