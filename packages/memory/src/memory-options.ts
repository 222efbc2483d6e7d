import { CacheError } from '@jcache/driver'
import type { KeyspaceOptions } from './bounds.ts'
import { type ByteSize, bytesOf } from './byte-size.ts'

/** What a memory tier can be told. */
export interface MemoryOptions {
  /** Names the tier in events and errors. Default `'memory'`. */
  readonly name?: string
  /** The most keys it holds, up to 2^28, a lean tier 2^24 - 1; beyond, those least worth keeping are evicted. Default 1,000,000. */
  readonly maxEntries?: number
  /** The most heap it takes, as estimated from lengths: bytes or `'64mb'`; beyond, keys are evicted. Default `'256mb'`. */
  readonly maxBytes?: ByteSize
  /** The clock: Unix time in milliseconds. Default `Date.now`. */
  readonly now?: () => number
  /** Called with each key that was evicted; must not throw. */
  readonly onEvict?: (key: string) => void
}

const wanted: Readonly<Record<string, string>> = {
  name: 'a text',
  maxEntries: 'a whole number from 1 to as many keys as the tier has room for (2^28, a lean one 2^24 - 1)',
  maxBytes: "a size of at least one byte, as 1048576 or '64mb'",
  now: 'a function that answers Unix time in milliseconds',
  onEvict: 'a function',
}

/**
 * The options with their defaults; `most` is how many keys there is room for.
 *
 * @throws CacheError `INVALID_ARGUMENT` for an option that is unknown or out of range.
 */
export function withDefaults(
  options: MemoryOptions,
  most: number,
): KeyspaceOptions & { readonly name: string } {
  const {
    name = 'memory',
    maxEntries = 1_000_000,
    maxBytes = '256mb',
    now = Date.now,
    onEvict,
  } = options ?? {}
  const bytes = bytesOf(maxBytes)
  const valid: Readonly<Record<string, boolean>> = {
    name: typeof name === 'string' && name !== '',
    maxEntries: Number.isInteger(maxEntries) && maxEntries > 0 && maxEntries <= most,
    maxBytes: bytes > 0 && bytes <= Number.MAX_SAFE_INTEGER,
    now: typeof now === 'function',
    onEvict: onEvict === undefined || typeof onEvict === 'function',
  }
  for (const [option, value] of Object.entries({ ...valid, ...options }))
    if (valid[option] !== true)
      throw new CacheError(
        'INVALID_ARGUMENT',
        `memory: ${option} must be ${wanted[option] ?? `one of ${Object.keys(wanted).join(', ')}`}, found ${typeof value === 'object' ? 'an object' : String(value)}`,
      )
  return { name, maxEntries, maxBytes: bytes, now, onEvict }
}
