import type { Commands } from '@jcache/driver'
import { assemble, type LeanMemoryDriver, type MethodsOf } from './assemble.ts'
import { entriesOf, type MemoryEntries } from './entries.ts'
import { Eviction } from './eviction.ts'
import { Expiry } from './expiry.ts'
import type { Group } from './group.ts'
import { hashGroup } from './hash.ts'
import { KeyIndex } from './key-index.ts'
import { keyGroup } from './keys.ts'
import { listGroup } from './list.ts'
import type { MemoryOptions } from './memory-options.ts'
import type { Parts } from './parts.ts'
import { serverGroup } from './server.ts'
import { setGroup } from './set.ts'
import { sortedSetGroup } from './sorted-set.ts'
import { stringGroup } from './string.ts'

/** A tier in this process's memory. */
export interface MemoryDriver<Methods = Commands> extends LeanMemoryDriver<Methods> {
  readonly entries: MemoryEntries
}

/** Room for more keys than a Map can hold, eviction that learns, expiry that clears out what nobody asks for. */
const parts: Parts = {
  most: 2 ** 28,
  index: () => new KeyIndex(),
  eviction: () => new Eviction(),
  expiry: (now, due) => new Expiry(now, due),
}

/**
 * A memory tier with all commands.
 *
 * @throws CacheError `INVALID_ARGUMENT` for an option that is unknown or out of range.
 */
export function memory(options?: MemoryOptions): MemoryDriver {
  return memoryOf(keyGroup, serverGroup, stringGroup, hashGroup, listGroup, setGroup, sortedSetGroup)(options)
}

/**
 * A memory tier with the commands of the groups; the code of other groups stays out of a bundle.
 *
 * @throws CacheError `INVALID_ARGUMENT` for an option that is unknown or out of range.
 */
export function memoryOf<const Groups extends readonly Group<unknown>[]>(
  ...groups: Groups
): (options?: MemoryOptions) => MemoryDriver<MethodsOf<Groups>> {
  return (options) => {
    const { space, driver } = assemble(parts, groups, options)
    return { ...driver, entries: entriesOf(space, Object.assign({}, ...groups.map((group) => group.revive))) }
  }
}
