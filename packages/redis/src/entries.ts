import type { Entries } from '@jcache/driver'
import { bySlot } from './by-slot.ts'
import { type Connection, READING } from './connection.ts'
import { dumpOf } from './dump.ts'
import { loadOf } from './load.ts'
import type { Node } from './node.ts'
import { scanKeys } from './scan-keys.ts'

/** Moves whole keys in and out of the server. */
export function entriesOf(connection: Connection): Entries {
  const dump = dumpOf(connection)

  const load = loadOf(connection)

  const drop = async (keys: readonly string[]) => {
    const parts = connection.spread ? bySlot(keys, String) : keys.length > 0 ? [[...keys]] : []
    await Promise.all(
      parts.map((part) => connection.send('drop', part[0], 'UNLINK', part, undefined, { changes: part })),
    )
  }

  const flush = (node: Node) =>
    connection.send('clear', undefined, 'FLUSHDB', ['ASYNC'], undefined, { at: node })

  return {
    dump,
    load,
    drop,
    clear: async (prefix) => {
      if (!prefix) await Promise.all((await connection.owners('clear')).map(flush))
      else for await (const keys of scanKeys(connection, prefix)) await drop(keys)
    },
    holds: async (key) =>
      Number(await connection.send('holds', key, 'EXISTS', [key], undefined, READING)) === 1,
    scan: async function* (prefix) {
      for await (const keys of scanKeys(connection, prefix)) {
        const entries = await Promise.all(keys.map((key) => dump(key, Number.POSITIVE_INFINITY)))
        for (const [at, key] of keys.entries()) {
          const entry = entries[at]
          // Gone since, or of a type without commands.
          if (entry && entry !== 'too-big') yield [key, entry] as const
        }
      }
    },
  }
}
