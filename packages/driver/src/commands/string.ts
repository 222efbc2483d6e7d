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

/** Commands on texts. */
export interface StringCommands {
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
  /** Adds to the integer in the text, from 0 without key; answers the sum. O(1). https://redis.io/commands/incrby */
  incrby(key: string, increment: number): Promise<number>
}

export const string: CommandTable<StringCommands> = {
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
  incrby: { mode: 'write', args: ['key', 'integer'], reply: 'integer' },
}
