import type { Driver, DriverCommands } from '@jcache/driver'
import type { Group } from './group.ts'
import { Keyspace } from './keyspace.ts'
import { type MemoryOptions, withDefaults } from './memory-options.ts'
import type { Parts } from './parts.ts'

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

/** A tier in this process's memory, of the least parts: it cannot hold copies of another tier. */
export interface LeanMemoryDriver<Methods> extends Driver<Methods, 'local'> {
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

/** A driver of these parts and groups, and its keyspace. */
export function assemble<const Groups extends readonly Group<unknown>[]>(
  parts: Parts,
  groups: Groups,
  options: MemoryOptions | undefined,
): { readonly space: Keyspace; readonly driver: LeanMemoryDriver<MethodsOf<Groups>> } {
  const known = withDefaults(options, parts.most)
  const space = new Keyspace(known, parts)
  // What the groups' functions are together is what MethodsOf says.
  const commands: DriverCommands<MethodsOf<Groups>> = Object.assign(
    {},
    ...groups.map((group) => group.commands(space)),
  )
  const driver: LeanMemoryDriver<MethodsOf<Groups>> = {
    name: known.name,
    scope: 'local',
    commands,
    stats: () => ({
      entries: space.size,
      bytes: space.bytes,
      evictions: space.evictions,
      expirations: space.expirations,
    }),
    close: () => space.close(),
  }
  return { space, driver }
}
