import type { Commands, DriverCommands, Entries, Entry } from '@jcache/driver'
import type { Caller } from './caller.ts'
import { DROP, DUMP, type EntryCommands, entryRows, LOAD } from './entry-rows.ts'

/** Keys that are dropped in one step. */
const TOGETHER = 1_000

type Functions = {
  [Name in keyof EntryCommands]: (
    ...args: Parameters<EntryCommands[Name]>
  ) => ReturnType<EntryCommands[Name]> | Promise<ReturnType<EntryCommands[Name]>>
}

/** Whole keys in and out of the tier, each in one step. */
export function entriesOf(caller: Caller, commands: DriverCommands<Commands>): Entries {
  // What the rows say is what the data does with them.
  const call = Object.fromEntries(
    Object.entries(entryRows).map(([name, row]) => [name, caller(name, row)]),
  ) as unknown as Functions

  async function* keysOf(prefix: string): AsyncGenerator<readonly string[]> {
    // A scan may answer a key twice.
    const seen = new Set<string>()
    for (let cursor = '0', first = true; first || cursor !== '0'; first = false) {
      const [next, keys] = await commands.scan(cursor, { count: TOGETHER })
      const found = keys.filter((key) => key.startsWith(prefix) && !seen.has(key))
      for (const key of found) seen.add(key)
      if (found.length) yield found
      cursor = next
    }
  }

  return {
    dump: (key, limit) => call[DUMP](key, limit),
    load: async (key, entry) => void (await call[LOAD](key, entry)),
    drop: async (keys) => void (keys.length && (await call[DROP](keys))),
    clear: async (prefix) => {
      if (prefix) for await (const keys of keysOf(prefix)) await call[DROP](keys)
      else await commands.flushall()
    },
    holds: async (key) => (await commands.exists(key)) === 1,
    async *scan(prefix = ''): AsyncGenerator<readonly [string, Entry]> {
      for await (const keys of keysOf(prefix))
        for (const key of keys) {
          const entry = await call[DUMP](key, Number.POSITIVE_INFINITY)
          if (entry && entry !== 'too-big') yield [key, entry]
        }
    },
  }
}
