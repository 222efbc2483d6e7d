import type { Entries, Entry, KeyType } from '@jcache/driver'
import type { Connection } from './connection.ts'
import { scored } from './decode.ts'
import { numeral } from './encode.ts'
import { scanKeys } from './scan-keys.ts'
import { script } from './script.ts'

/**
 * Answers type, milliseconds left and content as one copy, 'big' above the limit and for types that no command knows,
 * nil without key.
 * The limit is told in bytes, three for each character. Of texts no more is read than that; of others the count is
 * looked at first, and the memory that they take, of which generous amounts are not text.
 */
const DUMP = `
local call, key = redis.call, KEYS[1]
local type = call('TYPE', key).ok
if type == 'none' then return false end
if type == 'string' then
  local text = call('GETRANGE', key, '0', ARGV[1])
  if #text > tonumber(ARGV[1]) then return 'big' end
  return {type, call('PTTL', key), text}
end
local count = ({hash = 'HLEN', list = 'LLEN', set = 'SCARD', zset = 'ZCARD'})[type]
if not count then return 'big' end
count = call(count, key)
local limit = tonumber(ARGV[1])
if 3 * count > limit then return 'big' end
local bytes = redis.pcall('MEMORY', 'USAGE', key, 'SAMPLES', '0')
if tonumber(bytes) and bytes > 4096 + 256 * count + 2 * limit then return 'big' end
local content
if type == 'hash' then content = call('HGETALL', key)
elseif type == 'list' then content = call('LRANGE', key, '0', '-1')
elseif type == 'set' then content = call('SMEMBERS', key)
else content = call('ZRANGE', key, '0', '-1', 'WITHSCORES') end
return {type, call('PTTL', key), content}`

/** A limit that nothing reaches. */
const LARGEST = 1e12

/** Moves whole keys in and out of the server. */
export function entriesOf(connection: Connection): Entries {
  const dumping = script(connection, DUMP)

  const dump = async (key: string, limit: number) => {
    // By the time before the server was asked, so that the copy ends first.
    const now = Date.now()
    const reply = await dumping.run('dump', key, [String(3 * Math.min(limit, LARGEST))])
    if (reply === null) return null
    if (!Array.isArray(reply)) return 'too-big'
    const [type, left, content] = reply
    const entry = entryOf(type, content, Number(left) < 0 ? null : now + Number(left))
    return charactersOf(entry) > limit ? 'too-big' : entry
  }

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
        const entries = await Promise.all(keys.map((key) => dump(key, LARGEST)))
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

/** The script's answer as an entry; the texts are what the script has read by the type. */
function entryOf(type: KeyType, content: unknown, expiresAt: number | null): Entry {
  if (type === 'string') return { type, value: String(content), expiresAt }
  const texts = content as string[]
  switch (type) {
    case 'hash':
      return { type, value: pairsOf(texts), expiresAt }
    case 'zset':
      return { type, value: scored(texts), expiresAt }
    default:
      return { type, value: texts, expiresAt }
  }
}

function pairsOf(flat: readonly string[]): [string, string][] {
  const pairs: [string, string][] = []
  for (let at = 1; at < flat.length; at += 2) pairs.push([flat[at - 1] ?? '', flat[at] ?? ''])
  return pairs
}

function charactersOf(entry: Entry): number {
  switch (entry.type) {
    case 'string':
      return entry.value.length
    case 'hash':
      return entry.value.reduce((sum, [field, text]) => sum + field.length + text.length, 0)
    case 'zset':
      return entry.value.reduce((sum, [member]) => sum + member.length, 0)
    default:
      return entry.value.reduce((sum, text) => sum + text.length, 0)
  }
}
