import type { Entry, ReadyPairs } from '@jcache/driver'

type Carried = readonly (readonly [key: string, entry: Entry])[]

interface SetReady {
  readonly ttl?: number
  readonly at?: number
  readonly keepttl?: boolean
  readonly nx?: boolean
  readonly xx?: boolean
}

/**
 * The whole values that a successful write left at truth, for the writes that carry them: copies are then replaced
 * instead of dropped. `sentAt`, the time before the write was sent, keeps a copy from outliving its source; an instant is
 * left to truth, whose clock may be another.
 */
export function carried(name: string, args: readonly unknown[], sentAt: number): Carried {
  if (name === 'set') {
    const [key, value, { ttl, at, keepttl, nx, xx } = {}] = args as [string, string, SetReady?]
    if (keepttl || nx || xx || at !== undefined) return []
    return [[key, { type: 'string', value, expiresAt: ttl ? sentAt + ttl : null }]]
  }
  if (name === 'mset') {
    return (args[0] as ReadyPairs<string>).map(([key, value]) => [
      key,
      { type: 'string', value, expiresAt: null },
    ])
  }
  return []
}
