import { CacheError, type Entries, type Entry, show } from '@jcache/driver'
import { Ages } from './ages.ts'
import type { Value } from './collection.ts'
import { expiryAt } from './expiry-at.ts'
import type { Revivals } from './group.ts'
import { peek } from './held.ts'
import type { Keyspace } from './keyspace.ts'

/** Slots and members that a scan looks at before it lets other work go on. */
const SLICE = 2_000

/** Whole keys in and out of a memory tier: as the contract says, and all but the scan at once. */
export interface MemoryEntries extends Entries {
  dump(key: string, limit: number): Entry | null | 'too-big'
  load(key: string, entry: Entry): void
  drop(keys: readonly string[]): void
  clear(prefix?: string): void
  holds(key: string): boolean
  age(key: string): number | null
}

/** The entries of a keyspace whose groups revive these types. */
export function entriesOf(space: Keyspace, revivals: Revivals): MemoryEntries {
  return {
    dump: (key, limit) => dump(space, key, limit),

    load(key, entry) {
      const value = revive(key, entry, revivals)
      if (typeof value === 'object' && value.size === 0) space.delete(key)
      else {
        space.ages ??= new Ages()
        space.put(key, value, expiryAt(entry.expiresAt), space.now())
      }
    },

    drop(keys) {
      for (const key of keys) space.delete(key)
    },

    clear(prefix) {
      if (!prefix) return space.clear()
      for (let slot = space.slots - 1; slot >= 0; slot--) {
        const key = space.keyAt(slot)
        if (key?.startsWith(prefix)) space.delete(key)
      }
    },

    holds: (key) => space.has(key),

    age: (key) => {
      const loadedAt = space.ages?.get(space.find(key))
      return loadedAt ? space.now() - loadedAt : null
    },

    scan: (prefix = '') => scan(space, prefix),
  }
}

function revive(key: string, entry: Entry, revivals: Revivals): Value {
  if (entry.type === 'string') return entry.value
  // The function of a type takes the value of that type, which TypeScript does not see once there are several.
  const make = revivals[entry.type] as ((value: Entry['value']) => Value) | undefined
  if (make) return make(entry.value)
  throw new CacheError(
    'UNSUPPORTED',
    `${show(key)} is a ${entry.type}, of which this memory tier has no commands`,
  )
}

function dump(space: Keyspace, key: string, limit: number): Entry | null | 'too-big' {
  const value = peek(space, key)
  if (value === undefined) return null
  if ((typeof value === 'string' ? value.length : value.chars) > limit) return 'too-big'
  const expiresAt = space.expiresAt(key) || null
  // Which value goes with which type is the collection's word.
  return (
    typeof value === 'string'
      ? { type: 'string', value, expiresAt }
      : { type: value.type, value: value.dump(), expiresAt }
  ) as Entry
}

/**
 * A key keeps its slot, so one pass over the slots there were at the start finds every key that is there all the time
 * exactly once, and comes to an end however many are added. A key that goes and comes back meanwhile is another key:
 * found again, or not.
 */
async function* scan(space: Keyspace, prefix: string): AsyncGenerator<readonly [string, Entry]> {
  let work = 0
  for (let slot = 0, end = space.slots; slot < end; slot++) {
    const key = space.keyAt(slot)
    const entry = key?.startsWith(prefix) ? dump(space, key, Number.POSITIVE_INFINITY) : null
    if (key !== undefined && entry && entry !== 'too-big') {
      yield [key, entry]
      if (entry.type !== 'string') work += entry.value.length
    }
    if (++work < SLICE) continue
    work = 0
    await new Promise((resolve) => setTimeout(resolve, 0))
  }
}
