import type { Commands, Driver, DriverCommands } from '@jcache/driver'
import { entriesOf, type MemoryEntries } from './entries.ts'
import type { Group } from './group.ts'
import { hashGroup } from './hash.ts'
import { keyGroup } from './keys.ts'
import { Keyspace } from './keyspace.ts'
import { listGroup } from './list.ts'
import { type MemoryOptions, withDefaults } from './memory-options.ts'
import { sortedSetGroup } from './sorted-set.ts'
import { stringGroup } from './string.ts'

/** What a memory tier counts. */
export interface MemoryStats {
  /** Keys that it holds, those that have expired unseen included. */
  readonly entries: number
  /** Their estimated heap. */
  readonly bytes: number
  /** Keys that left to keep the bounds. */
  readonly evictions: number
  /** Keys that left because their time was over. */
  readonly expirations: number
}

/** A tier in this process's memory. */
export interface MemoryDriver<Methods = Commands> extends Driver<Methods, 'local'> {
  readonly entries: MemoryEntries
  stats(): MemoryStats
  /** Forgets everything; waiting and later calls fail with `CLOSED`. */
  close(): void
}

/** The commands of several groups together. */
export type MethodsOf<Groups extends readonly unknown[]> = Groups extends readonly [
  Group<infer First>,
  ...infer Rest,
]
  ? First & MethodsOf<Rest>
  : unknown

/**
 * A memory tier with all commands.
 *
 * @throws CacheError `INVALID_ARGUMENT` for an option that is unknown or out of range.
 */
export function memory(options?: MemoryOptions): MemoryDriver {
  return memoryOf(keyGroup, stringGroup, hashGroup, listGroup, sortedSetGroup)(options)
}

/**
 * A memory tier with the commands of the groups; the code of other groups stays out of a bundle.
 *
 * @throws CacheError `INVALID_ARGUMENT` for an option that is unknown or out of range.
 */
export function memoryOf<const Groups extends readonly Group<unknown>[]>(
  ...groups: Groups
): (options?: MemoryOptions) => MemoryDriver<MethodsOf<Groups>> {
  return (options = {}) => {
    const known = withDefaults(options)
    const space = new Keyspace(known)
    // What the groups' functions are together is what MethodsOf says.
    const commands: DriverCommands<MethodsOf<Groups>> = Object.assign(
      {},
      ...groups.map((group) => group.commands(space)),
    )
    return {
      name: known.name,
      scope: 'local',
      commands,
      entries: entriesOf(space, Object.assign({}, ...groups.map((group) => group.revive))),
      stats: () => ({
        entries: space.size,
        bytes: space.bytes,
        evictions: space.evictions,
        expirations: space.expirations,
      }),
      close: () => space.close(),
    }
  }
}
