import type { Entries, Entry } from '@jcache/driver'
import type { Connection } from './connection.ts'
import { dumpOf } from './dump.ts'
import { numeral } from './encode.ts'
import { scanKeys } from './scan-keys.ts'

/** Moves whole keys in and out of the server. */
export function entriesOf(connection: Connection): Entries {
  const dump = dumpOf(connection)

  const drop = async (keys: readonly string[]) => {
    if (keys.length > 0) await connection.send('drop', keys[0], 'UNLINK', [...keys])
  }

  /** In a transaction: a server that refuses any of it keeps what the key holds. */
  const replace = (key: string, entry: Collection, left: number | undefined) =>
    connection.ask('load', key, async (client) => {
      const transaction = client.multi().call('UNLINK', key)
      const words = wordsOf(entry)
      if (words.length > 0) transaction.call(writing[entry.type], [key, ...words])
      if (left !== undefined) transaction.call('PEXPIRE', key, left)
      const replies = await transaction.exec()
      for (const [error] of replies ?? []) if (error) throw error
    })

  return {
    dump,
    load: async (key, entry) => {
      const left = entry.expiresAt === null ? undefined : entry.expiresAt - Date.now()
      if (left !== undefined && left <= 0) {
        await connection.send('load', key, 'UNLINK', [key])
      } else if (entry.type === 'string') {
        await connection.send(
          'load',
          key,
          'SET',
          left ? [key, entry.value, 'PX', String(left)] : [key, entry.value],
        )
      } else {
        await replace(key, entry, left)
      }
    },
    drop,
    clear: async (prefix) => {
      if (!prefix) await connection.send('clear', undefined, 'FLUSHDB', ['ASYNC'])
      else for await (const keys of scanKeys(connection, prefix)) await drop(keys)
    },
    holds: async (key) => Number(await connection.send('holds', key, 'EXISTS', [key])) === 1,
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

type Collection = Exclude<Entry, { type: 'string' }>

/** What writes each type. */
const writing: { readonly [Type in Collection['type']]: string } = {
  hash: 'HSET',
  list: 'RPUSH',
  set: 'SADD',
  zset: 'ZADD',
}

function wordsOf(entry: Collection): readonly string[] {
  switch (entry.type) {
    case 'hash':
      return entry.value.flat()
    case 'zset':
      return entry.value.flatMap(([member, score]) => [numeral(score), member])
    default:
      return entry.value
  }
}
