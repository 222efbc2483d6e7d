import { callable, optionsOf, whole } from '@jcache/driver'
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

/**
 * The options with their defaults; `most` is how many keys there is room for.
 *
 * @throws CacheError `INVALID_ARGUMENT` for an option that is unknown or out of range.
 */
export function withDefaults(
  options: MemoryOptions | undefined,
  most: number,
): KeyspaceOptions & { readonly name: string } {
  return {
    name: 'memory',
    maxEntries: 1_000_000,
    maxBytes: 2 ** 28,
    now: Date.now,
    ...optionsOf(
      'memory',
      {
        name: ['a text', (name) => (typeof name === 'string' && name) || undefined],
        maxEntries: [`a whole number from 1 to ${most}`, (count) => whole(count, 1, most)],
        maxBytes: ["a size of at least one byte, as 1048576 or '64mb'", (size) => whole(bytesOf(size), 1)],
        now: ['a function that answers Unix time in milliseconds', callable],
        onEvict: ['a function', callable],
      },
      options,
    ),
  }
}
