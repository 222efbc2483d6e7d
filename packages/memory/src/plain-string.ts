import type { PlainStringCommands } from '@jcache/driver'
import { change } from './change.ts'
import { expiryAt } from './expiry-at.ts'
import type { Group } from './group.ts'
import { addIntegers } from './integer.ts'
import type { Keyspace } from './keyspace.ts'

/** `get set incrby …`: texts as a whole, and integers in them. */
export const plainStringGroup: Group<PlainStringCommands> = {
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

    msetnx: (values) => {
      if (values.some(([key]) => space.has(key))) return false
      for (const [key, value] of values) space.put(key, value)
      return true
    },

    getset: (key, value) => {
      const old = space.text(key) ?? null
      space.put(key, value)
      return old
    },

    getdel: (key) => {
      const text = space.text(key)
      space.delete(key)
      return text ?? null
    },

    getex: (key, { ttl, at, persist } = {}) => {
      const text = space.text(key)
      if (persist) {
        if (space.expiresAt(key)) space.expire(key, 0)
      } else if (ttl) space.expire(key, space.now() + ttl)
      else if (at !== undefined) space.expire(key, expiryAt(at))
      return text ?? null
    },

    incr: (key) => add(space, key, 1),

    decr: (key) => add(space, key, -1),

    incrby: (key, increment) => add(space, key, increment),

    decrby: (key, decrement) => add(space, key, -decrement),
  }),
}

function add(space: Keyspace, key: string, increment: number): number {
  return Number(change(space, key, (text) => String(addIntegers(text, increment, key))))
}
