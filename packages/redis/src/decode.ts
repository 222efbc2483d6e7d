import { CacheError, type Command, type KeyType, type Reply, type ScoredMember } from '@jcache/driver'

/** Turns what the server sent into what the command answers. `flagged`: whether the option that decides the reply was given. */
type Decode = (reply: unknown, flagged: boolean) => unknown

const decoders: { readonly [Kind in Reply]: Decode } = {
  void: () => undefined,
  boolean: (reply) => integer(reply) === 1,
  integer,
  'integer?': (reply) => (reply === null ? null : integer(reply)),
  'integer? | integer[]': (reply, counted) =>
    counted ? list(reply).map(integer) : reply === null ? null : integer(reply),
  double,
  'double?': (reply) => (reply === null ? null : double(reply)),
  'double?[]': (reply) => list(reply).map((each) => (each === null ? null : double(each))),
  text,
  'text?': (reply) => (reply === null ? null : text(reply)),
  'text[]': list,
  'text?[]': list,
  'boolean[]': (reply) => list(reply).map((each) => integer(each) === 1),
  'text? | text[]?': (reply) => (reply === null ? null : Array.isArray(reply) ? reply : text(reply)),
  'text? | text[] | pair[]': (reply, withValues) =>
    withValues ? pairs(list(reply), text) : reply === null || Array.isArray(reply) ? reply : text(reply),
  'boolean | text?': (reply, get) => (get ? (reply === null ? null : text(reply)) : reply !== null),
  'type?': (reply) => (reply === 'none' ? null : keyType(reply)),
  record,
  'scored[]': (reply) => scored(list(reply)),
  'text[] | scored[]': (reply, withScores) => (withScores ? scored(list(reply)) : list(reply)),
  '[key, text]?': (reply) => (reply === null ? null : list(reply)),
  '[key, text, double]?': (reply) => {
    if (reply === null) return null
    const [key, member, score] = list(reply)
    return [key, member, double(score)]
  },
  '[cursor, key[]]': (reply) => list(reply),
  '[cursor, text[]]': (reply) => list(reply),
  'text? | text[] | scored[]': (reply, withScores) =>
    withScores ? scored(list(reply)) : reply === null || Array.isArray(reply) ? reply : text(reply),
  '[cursor, pair[]]': (reply) => page(reply, text),
  '[cursor, scored[]]': (reply) => page(reply, double),
}

/** The options that decide which of two kinds is answered. */
const deciding: { readonly [Kind in Reply]?: string } = {
  'boolean | text?': 'get',
  'integer? | integer[]': 'count',
  'text[] | scored[]': 'withScores',
  'text? | text[] | pair[]': 'withValues',
  'text? | text[] | scored[]': 'withScores',
}

/** The server says −2 without key, −1 without expiry. */
const decodersOf: { readonly [name: string]: Decode } = {
  ttl: (reply) => {
    const ms = integer(reply)
    return ms === -2 ? null : ms === -1 ? Infinity : ms
  },
}

/**
 * The decoder of the command's replies, made once for each row.
 * It throws CacheError `OUT_OF_RANGE` for an integer that a double cannot hold.
 */
export function decoderOf(
  name: string,
  command: Command,
): (reply: unknown, args: readonly unknown[]) => unknown {
  const decode = decodersOf[name] ?? decoders[command.reply]
  const option = deciding[command.reply]
  const at = command.args.findIndex((fact) => typeof fact !== 'string')
  if (option === undefined || at < 0) return (reply) => decode(reply, false)
  return (reply, args) =>
    decode(reply, (args[at] as Readonly<Record<string, unknown>> | undefined)?.[option] !== undefined)
}

/** Up to where ioredis reads integers exactly; a client without `stringNumbers` answers such. */
const LARGEST_NUMBER = Number.MAX_SAFE_INTEGER - 48

function integer(reply: unknown): number {
  const value = typeof reply === 'string' ? Number(reply) : reply
  if (typeof value !== 'number' || Number.isNaN(value)) throw unexpected(reply)
  if (Math.abs(value) <= (value === reply ? LARGEST_NUMBER : Number.MAX_SAFE_INTEGER)) return value
  throw new CacheError('OUT_OF_RANGE', 'the integer lies beyond what a number holds exactly')
}

function double(reply: unknown): number {
  if (typeof reply === 'number') return reply
  if (reply === 'inf') return Infinity
  if (reply === '-inf') return -Infinity
  const value = typeof reply === 'string' ? Number(reply) : Number.NaN
  if (Number.isNaN(value)) throw unexpected(reply)
  if (!Number.isFinite(value))
    throw new CacheError('OUT_OF_RANGE', 'the number lies beyond what a double holds')
  return value
}

function text(reply: unknown): string {
  if (typeof reply !== 'string') throw unexpected(reply)
  return reply
}

function list(reply: unknown): unknown[] {
  if (!Array.isArray(reply)) throw unexpected(reply)
  return reply
}

function keyType(reply: unknown): KeyType {
  switch (reply) {
    case 'string':
    case 'hash':
    case 'list':
    case 'set':
    case 'zset':
      return reply
    default:
      throw new CacheError('WRONG_TYPE', `the key holds a ${String(reply)}, of which there are no commands`)
  }
}

/** Fields are data, also one that is called `__proto__`. */
function record(reply: unknown): Record<string, string> {
  const flat = list(reply)
  const fields: Record<string, string> = Object.create(null)
  for (let at = 0; at < flat.length; at += 2) fields[text(flat[at])] = text(flat[at + 1])
  return fields
}

/** The cursor, and names with what belongs to them. */
function page(reply: unknown, decode: (value: unknown) => unknown): unknown[] {
  const [cursor, flat] = list(reply)
  return [text(cursor), pairs(list(flat), decode)]
}

/** Members with scores. */
export function scored(reply: readonly unknown[]): ScoredMember[] {
  return pairs(reply, double)
}

/** Names with what belongs to them: pairs as RESP3 sends them, or flat as RESP2 does. */
function pairs<Value>(
  reply: readonly unknown[],
  decode: (value: unknown) => Value,
): [name: string, value: Value][] {
  const flat = Array.isArray(reply[0]) ? reply.flat() : reply
  const found: [string, Value][] = []
  for (let at = 0; at < flat.length; at += 2) found.push([text(flat[at]), decode(flat[at + 1])])
  return found
}

function unexpected(reply: unknown): CacheError {
  return new CacheError(
    'UNAVAILABLE',
    `the server answered ${reply === null ? 'null' : `a ${typeof reply}`}, which is not what the command answers`,
  )
}
