import { assemble, type LeanMemoryDriver, type MethodsOf } from './assemble.ts'
import { expiryOnRead } from './expiry-on-read.ts'
import type { Group } from './group.ts'
import type { MemoryOptions } from './memory-options.ts'
import type { Parts } from './parts.ts'
import { secondChance } from './second-chance.ts'

export const leanParts: Parts = {
  // A Map of V8 holds 2^24 keys, and one more is there before another is evicted.
  most: 2 ** 24 - 1,
  index: () => new Map(),
  eviction: secondChance,
  expiry: expiryOnRead,
}

/**
 * A memory tier for where every byte of a bundle counts: with the commands of the groups, eviction by second chance, and
 * expiry on read only, without a timer. It stands alone: it has no entries, so it cannot be a copy of another tier.
 *
 * @throws CacheError `INVALID_ARGUMENT` for an option that is unknown or out of range.
 */
export function leanMemoryOf<const Groups extends readonly Group<unknown>[]>(
  ...groups: Groups
): (options?: MemoryOptions) => LeanMemoryDriver<MethodsOf<Groups>> {
  return (options) => assemble(leanParts, groups, options).driver
}
