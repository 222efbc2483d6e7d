import type { Commands, Driver } from '@jcache/driver'

/** Texts in a Map: a whole driver. */
export function tiny(): Driver<Pick<Commands, 'get' | 'set' | 'del' | 'expire' | 'ttl'>, 'local'> {
  const texts = new Map<string, { readonly text: string; expiresAt: number }>()

  const find = (key: string) => {
    const found = texts.get(key)
    if (found && found.expiresAt > Date.now()) return found
    texts.delete(key)
    return null
  }

  return {
    name: 'tiny',
    scope: 'local',
    commands: {
      get: (key) => find(key)?.text ?? null,

      set: (key, text, { ttl, at, keepttl, nx, xx, get } = {}) => {
        const old = find(key)
        const allowed = old ? !nx : !xx
        const kept = keepttl ? old?.expiresAt : undefined
        const expiresAt = ttl ? Date.now() + ttl : (at ?? kept ?? Infinity)
        if (allowed) texts.set(key, { text, expiresAt })
        return get ? (old?.text ?? null) : allowed
      },

      del: (...keys) => keys.filter((key) => find(key) && texts.delete(key)).length,

      expire: (key, ttl) => {
        const found = find(key)
        if (found) found.expiresAt = Date.now() + ttl
        return found !== null
      },

      ttl: (key) => {
        const found = find(key)
        return found && found.expiresAt - Date.now()
      },
    },
  }
}
