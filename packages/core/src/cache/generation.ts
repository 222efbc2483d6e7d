import type { CacheClient } from './cache-client.ts'
import { unique } from './unique.ts'

/** A cache that was never cleared: its keys are named as the caller names them. */
const FIRST = '0'

/**
 * What makes `clear` one write: keys are named with the generation of their cache, which is a key at truth. A process sees
 * that it changed elsewhere by its near copy, and looks at that once a millisecond at most.
 */
export interface Generation {
  /** What keys of this generation begin with. */
  name: string
  /** Whether it is known near by that this is the generation at truth. */
  isNow(at: number): boolean
  /** Follows truth; at once where it is known near by. */
  sync(): Promise<void> | undefined
  /** Begins another. */
  next(): Promise<void>
}

/** One for all caches with this client and prefix. */
export function generationOf(client: CacheClient, prefix: string): Generation {
  const ofClient = generations.get(client) ?? new Map<string, Generation>()
  generations.set(client, ofClient)
  const generation = ofClient.get(prefix) ?? made(client, prefix)
  ofClient.set(prefix, generation)
  return generation
}

const generations: WeakMap<CacheClient, Map<string, Generation>> = /*#__PURE__*/ new WeakMap()

function made(client: CacheClient, prefix: string): Generation {
  const key = `${prefix}~clear`
  let text = FIRST
  let lookedAt = 0
  const move = (to: string) => {
    text = to
    generation.name = prefix + (to === FIRST ? '' : `${to}:`)
  }
  /** One that truth has lost is not the first again, as long as anybody remembers. */
  const follow = async (seen: string | null | undefined) => {
    const found = seen ?? (await client.get(key))
    if (found !== null && (found !== FIRST || text === FIRST)) return move(found)
    const next = text === FIRST ? FIRST : unique()
    const other =
      found === null ? await client.set(key, next, { nx: true, get: true }) : await client.set(key, next)
    move(typeof other === 'string' ? other : next)
  }
  const generation: Generation = {
    name: prefix,
    isNow(at) {
      if (at !== lookedAt) {
        if (client.peek?.(key) !== text) return false
        lookedAt = at
      }
      return true
    },
    sync() {
      const seen = client.peek?.(key)
      return seen === text ? undefined : follow(seen)
    },
    async next() {
      const next = unique()
      await client.set(key, next)
      move(next)
    },
  }
  return generation
}
