import type { StringCommands } from '@jcache/driver'
import { byteLength } from './byte-length.ts'
import { byteRange, checkLength, overwritten } from './byte-range.ts'
import { expiryAt } from './expiry-at.ts'
import type { Group } from './group.ts'
import { addIntegers } from './integer.ts'
import type { Keyspace } from './keyspace.ts'
import { addFloats } from './long-double.ts'
import { span } from './span.ts'

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

    incrbyfloat: (key, increment) => Number(change(space, key, (text) => addFloats(text, increment, key))),

    strlen: (key) => byteLength(space.text(key) ?? ''),

    append: (key, value) =>
      byteLength(
        change(space, key, (text = '') => {
          checkLength(key, text.length + value.length)
          return text + value
        }),
      ),

    getrange: (key, start, end) => {
      const text = space.text(key) ?? ''
      const size = byteLength(text)
      // Redis takes an end that is before the start for the first byte, but not where it is before the other end too.
      if (start < 0 && end < start) return ''
      return byteRange(text, ...span(start, Math.max(end, -size), size))
    },

    setrange: (key, offset, value) => {
      const text = space.text(key) ?? ''
      if (value === '') return byteLength(text)
      return byteLength(change(space, key, () => overwritten(key, text, offset, value)))
    },
  }),
}

/** Gives the key the text that is made of the one it holds. The key keeps its expiry. */
function change(space: Keyspace, key: string, make: (text: string | undefined) => string): string {
  const text = make(space.text(key))
  space.put(key, text, space.expiresAt(key))
  return text
}

function add(space: Keyspace, key: string, increment: number): number {
  return Number(change(space, key, (text) => String(addIntegers(text, increment, key))))
}
