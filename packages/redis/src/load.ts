import type { Entry } from '@jcache/driver'
import type { Connection } from './connection.ts'
import { numeral } from './encode.ts'
import { script } from './script.ts'

/**
 * Replaces the key, in pieces that the stack of a script holds. By its first line the server runs none of it where it has
 * no memory for all of it, and keeps what the key holds.
 */
const LOAD = `#!lua
redis.call('UNLINK', KEYS[1])
for at = 3, #ARGV, 4000 do
  redis.call(ARGV[1], KEYS[1], unpack(ARGV, at, math.min(at + 3999, #ARGV)))
end
if ARGV[2] ~= '' then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end`

/** Writes whole keys, each in one step. */
export function loadOf(connection: Connection): (key: string, entry: Entry) => Promise<void> {
  const loading = script(connection, LOAD)
  return async (key, entry) => {
    const left = entry.expiresAt === null ? '' : String(entry.expiresAt - Date.now())
    if (left !== '' && Number(left) <= 0) {
      await connection.send('load', key, 'UNLINK', [key])
    } else if (entry.type === 'string') {
      await connection.send('load', key, 'SET', left ? [key, entry.value, 'PX', left] : [key, entry.value])
    } else {
      await loading.run('load', [key], [writing[entry.type], left, ...wordsOf(entry)])
    }
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
