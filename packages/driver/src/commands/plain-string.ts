import type { Pairs } from '../argument.ts'
import type { CommandTable } from '../command.ts'
import type { Duration, Instant } from '../duration.ts'
import type { ByFlag } from '../reply.ts'

/** Options of `set`. At most one of `ttl, at, keepttl` and one of `nx, xx`; without an expiry the key loses the one it had. */
export interface SetOptions {
  /** The key expires after this time. */
  readonly ttl?: Duration
  /** The key expires at this instant. */
  readonly at?: Instant
  /** The key keeps the expiry that it has. */
  readonly keepttl?: boolean
  /** Only without key. */
  readonly nx?: boolean
  /** Only with key. */
  readonly xx?: boolean
  /** Answer the old text, null without key, instead of whether the text was set. */
  readonly get?: boolean
}

/** What `set` answers under its options. */
export type SetReply<Options> = ByFlag<Options, 'get', string | null, boolean>

/** Options of `getex`, of which at most one is given. */
export interface GetexOptions {
  /** The key expires after this time. */
  readonly ttl?: Duration
  /** The key expires at this instant, at once if that is past. */
  readonly at?: Instant
  /** The key loses the expiry that it has. */
  readonly persist?: boolean
}

/** Commands on texts as a whole, and on integers in them. */
export interface PlainStringCommands {
  /** Answers the text, null without key. O(1). https://redis.io/commands/get */
  get(key: string): Promise<string | null>
  /** Sets the text, over a value of any type; answers false where `nx` or `xx` forbade it. O(1). https://redis.io/commands/set */
  set<Options extends SetOptions = Record<never, never>>(
    key: string,
    value: string,
    options?: Options,
  ): Promise<SetReply<Options>>
  /** Sets the text only without key; answers whether it did. O(1). https://redis.io/commands/setnx */
  setnx(key: string, value: string): Promise<boolean>
  /** Answers the text of each key, null without key or where it holds another type. O(n) for n keys. https://redis.io/commands/mget */
  mget(...keys: string[]): Promise<(string | null)[]>
  /** Sets all the texts at once; expiries are lost. O(n) for n keys. https://redis.io/commands/mset */
  mset(values: Pairs<string>): Promise<void>
  /** Sets all the texts at once if none of the keys exists; answers whether it did. O(n) for n keys. https://redis.io/commands/msetnx */
  msetnx(values: Pairs<string>): Promise<boolean>
  /** Sets the text and answers the old one, null without key; the expiry is lost. O(1). https://redis.io/commands/getset */
  getset(key: string, value: string): Promise<string | null>
  /** Removes the key and answers its text, null without key. O(1). https://redis.io/commands/getdel */
  getdel(key: string): Promise<string | null>
  /** Answers the text, null without key, and changes the expiry as the options say. O(1). https://redis.io/commands/getex */
  getex(key: string, options?: GetexOptions): Promise<string | null>
  /** Adds 1 to the integer in the text, from 0 without key; answers the sum. O(1). https://redis.io/commands/incr */
  incr(key: string): Promise<number>
  /** Takes 1 from the integer in the text, from 0 without key; answers the difference. O(1). https://redis.io/commands/decr */
  decr(key: string): Promise<number>
  /** Adds to the integer in the text, from 0 without key; answers the sum. O(1). https://redis.io/commands/incrby */
  incrby(key: string, increment: number): Promise<number>
  /** Takes from the integer in the text, from 0 without key; answers the difference. O(1). https://redis.io/commands/decrby */
  decrby(key: string, decrement: number): Promise<number>
}

/** The rows of those, for bundles where every byte counts. */
export const plainString: CommandTable<PlainStringCommands> = {
  get: { mode: 'read', args: ['key'], reply: 'text?' },
  set: {
    mode: 'write',
    args: [
      'key',
      'text',
      { ttl: 'duration', at: 'instant', keepttl: 'flag', nx: 'flag', xx: 'flag', get: 'flag' },
    ],
    reply: 'boolean | text?',
    exclusive: [
      ['ttl', 'at', 'keepttl'],
      ['nx', 'xx'],
    ],
  },
  setnx: { mode: 'write', args: ['key', 'text'], reply: 'boolean' },
  mget: { mode: 'read', args: ['...key'], reply: 'text?[]', separable: true },
  mset: { mode: 'write', args: ['keyed'], reply: 'void', separable: true },
  msetnx: { mode: 'write', args: ['keyed'], reply: 'boolean' },
  getset: { mode: 'write', args: ['key', 'text'], reply: 'text?' },
  getdel: { mode: 'write', args: ['key'], reply: 'text?' },
  getex: {
    mode: 'write',
    args: ['key', { ttl: 'duration', at: 'instant', persist: 'flag' }],
    reply: 'text?',
    exclusive: [['ttl', 'at', 'persist']],
  },
  incr: { mode: 'write', args: ['key'], reply: 'integer' },
  decr: { mode: 'write', args: ['key'], reply: 'integer' },
  incrby: { mode: 'write', args: ['key', 'integer'], reply: 'integer' },
  decrby: { mode: 'write', args: ['key', 'integer'], reply: 'integer' },
}
