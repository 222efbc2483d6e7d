import type { KeyCommands } from '@jcache/driver'
import { expiryAt } from './expiry-at.ts'
import type { Group } from './group.ts'

/** `del exists expire …`: keys of any type. */
export const keyGroup: Group<KeyCommands> = {
  commands: (space) => ({
    del: (...keys) => keys.filter((key) => space.delete(key)).length,

    exists: (...keys) => keys.filter((key) => space.has(key)).length,

    expire: (key, ttl) => space.expire(key, space.now() + ttl),

    expireat: (key, at) => space.expire(key, expiryAt(at)),

    persist: (key) => !!space.expiresAt(key) && space.expire(key, 0),

    ttl: (key) => {
      const at = space.expiresAt(key)
      return at === undefined ? null : at === 0 ? Number.POSITIVE_INFINITY : Math.max(at - space.now(), 0)
    },

    type: (key) => {
      const value = space.peek(key)
      return value === undefined ? null : typeof value === 'string' ? 'string' : value.type
    },
  }),
}
