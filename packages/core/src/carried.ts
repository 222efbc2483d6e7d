import type { Entry, ReadyPairs } from '@jcache/driver'

type Carried = readonly (readonly [key: string, entry: Entry])[]

interface SetReady {
  readonly ttl?: number
  readonly at?: number
  readonly keepttl?: boolean
  readonly nx?: boolean
  readonly xx?: boolean
  readonly get?: boolean
}

/**
 * The whole values that a write left at truth if its answer is not `false`, for the writes that carry them: copies are then replaced
 * instead of dropped. `sentAt`, the time before the write was sent, keeps a copy from outliving its source; an instant is
 * left to truth, whose clock may be another.
 */
export function carried(name: string, args: readonly unknown[], sentAt: number): Carried {
  if (name === 'set') {
    const [key, value, { ttl, at, keepttl, nx, xx, get } = {}] = args as [string, string, SetReady?]
    // With a condition the answer tells whether it was written, unless it is the old value.
    if (keepttl || at !== undefined || (get && (nx || xx))) return []
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
