import { CacheError, type KeyCommands, type KeyType, show } from '@jcache/driver'
import { expiryAt } from './expiry-at.ts'
import type { Group } from './group.ts'
import { peek } from './held.ts'
import type { Keyspace } from './keyspace.ts'
import { scan } from './scan.ts'

/** `del exists expire …`: keys of any type. */
export const keyGroup: Group<KeyCommands> = {
  commands: (space) => ({
    del: (...keys) => keys.filter((key) => space.delete(key)).length,

    unlink: (...keys) => keys.filter((key) => space.delete(key)).length,

    rename: (key, newkey) => {
      const value = space.read(key)
      if (value === undefined)
        throw new CacheError('NO_SUCH_KEY', `there is no key ${show(key)} to be renamed`)
      if (key === newkey) return
      const expiresAt = space.expiresAt(key)
      space.delete(key)
      space.put(newkey, value, expiresAt)
    },

    touch: (...keys) => keys.filter((key) => space.read(key) !== undefined).length,

    exists: (...keys) => keys.filter((key) => space.has(key)).length,

    expire: (key, ttl) => space.expire(key, space.now() + ttl),

    expireat: (key, at) => space.expire(key, expiryAt(at)),

    persist: (key) => !!space.expiresAt(key) && space.expire(key, 0),

    ttl: (key) => {
      const at = space.expiresAt(key)
      return at === undefined ? null : at === 0 ? Number.POSITIVE_INFINITY : Math.max(at - space.now(), 0)
    },

    type: (key) => typeOf(space, key),

    scan: (cursor, { type, ...options } = {}) => {
      const [next, keys] = scan(
        space.slots,
        (slot) => space.keyAt(slot),
        (key) => key,
        cursor,
        options,
      )
      // What has expired unseen has no type.
      const found = keys.filter((key) => {
        const held = typeOf(space, key)
        return held !== null && held === (type ?? held)
      })
      return [next, found]
    },
  }),
}

function typeOf(space: Keyspace, key: string): KeyType | null {
  const value = peek(space, key)
  return value === undefined ? null : typeof value === 'string' ? 'string' : value.type
}
