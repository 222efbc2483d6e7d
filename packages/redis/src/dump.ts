import type { Entry, KeyType } from '@jcache/driver'
import { bySlot } from './by-slot.ts'
import { type Connection, READING } from './connection.ts'
import { scored } from './decode.ts'
import { script } from './script.ts'

/**
 * Answers for each key milliseconds left (-2 without key) and content, each key as one copy. The content of a text is the
 * text; of other types a list of type and content; an empty list above the limit and for types that no command knows.
 * The limit is told in bytes, three for each character. Of texts no more is read than that; of others the count is
 * looked at first, and the memory that they take, of which generous amounts are not text.
 */
const DUMP = `
local call, pcall, limit, out = redis.call, redis.pcall, tonumber(ARGV[1]), {}
for at, key in ipairs(KEYS) do
  local found, left = pcall('GETRANGE', key, '0', ARGV[1]), call('PTTL', key)
  if left == -2 then found = false
  elseif type(found) == 'string' then if #found > limit then found = {} end
  else
    found = {}
    local kind = call('TYPE', key).ok
    local count = ({hash = 'HLEN', list = 'LLEN', set = 'SCARD', zset = 'ZCARD'})[kind]
    count = count and call(count, key)
    if count and 3 * count <= limit then
      local bytes = pcall('MEMORY', 'USAGE', key, 'SAMPLES', '0')
      if not tonumber(bytes) or bytes <= 4096 + 256 * count + 2 * limit then
        if kind == 'hash' then found = {kind, call('HGETALL', key)}
        elseif kind == 'list' then found = {kind, call('LRANGE', key, '0', '-1')}
        elseif kind == 'set' then found = {kind, call('SMEMBERS', key)}
        else found = {kind, call('ZRANGE', key, '0', '-1', 'WITHSCORES')} end
      end
    end
  end
  out[2 * at - 1], out[2 * at] = left, found
end
return out`

/** A limit that nothing reaches, in characters. */
const LARGEST = 1e12

/** Keys of one call: enough to share its cost, few enough not to hold up the server. */
const TOGETHER = 100

type Dumped = Entry | null | 'too-big'

/** A key that is asked for. */
interface Asked {
  readonly key: string
  readonly limit: number
  readonly resolve: (dumped: Dumped) => void
  readonly reject: (error: unknown) => void
}

/** Reads whole keys. Those that are asked for in the same turn of the event loop travel together. */
export function dumpOf(connection: Connection): (key: string, limit: number) => Promise<Dumped> {
  const dumping = script(connection, DUMP)
  let asked: Asked[] = []

  const read = (calls: readonly Asked[]): void => {
    const keys = calls.map(({ key }) => key)
    const most = Math.max(...calls.map(({ limit }) => limit))
    // By the time before the server was asked, so that the copy ends first.
    const now = Date.now()
    const take = (reply: unknown) => {
      for (const [at, { limit, resolve }] of calls.entries())
        resolve(dumpedOf(reply as readonly unknown[], at, now, limit))
    }
    const apart = calls.length > 1
    const words = [String(3 * Math.min(most, LARGEST))]
    dumping.run('dump', keys, words, take, { ...READING, apart }).catch((error: unknown) => {
      // What the server refuses for the sake of one key is asked for each alone.
      if (apart && isOfOneKey(error)) for (const call of calls) read([call])
      else for (const { reject } of calls) reject(error)
    })
  }
  const readAll = () => {
    const calls = asked
    asked = []
    for (const part of connection.spread ? bySlot(calls, ({ key }) => key) : [calls])
      for (let at = 0; at < part.length; at += TOGETHER) read(part.slice(at, at + TOGETHER))
  }

  return (key, limit) =>
    new Promise((resolve, reject) => {
      if (asked.length === 0) process.nextTick(readAll)
      asked.push({ key, limit, resolve, reject })
    })
}

/** The user may not read a key, or a key has moved to another node before the others. */
function isOfOneKey(error: unknown): boolean {
  return (
    error instanceof Error && error.cause instanceof Error && /^(NOPERM|TRYAGAIN)/.test(error.cause.message)
  )
}

/** What the script answered for the key in this place. */
function dumpedOf(reply: readonly unknown[], at: number, now: number, limit: number): Dumped {
  const left = Number(reply[2 * at])
  const found = reply[2 * at + 1]
  if (left === -2) return null
  const expiresAt = left < 0 ? null : now + left
  const [type, content] = Array.isArray(found) ? found : ['string', found]
  if (type === undefined) return 'too-big'
  const entry = entryOf(type, content, expiresAt)
  return charactersOf(entry) > limit ? 'too-big' : entry
}

/** The texts are what the script has read by the type. */
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
