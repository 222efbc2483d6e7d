import type { Pairs, ScanOptions } from '../argument.ts'
import type { CommandTable } from '../command.ts'
import { pairs } from '../kinds/pairs.ts'
import { cursor, positive } from '../kinds/scan.ts'
import type { ByFlag } from '../reply.ts'

export interface WithValues {
  /** Answer pairs of field and text. */
  readonly withValues?: boolean
}

/** What a pick of fields answers: one field or null without a count, a list with one. */
export type RandomFieldReply<Count, Options> = Count extends number
  ? ByFlag<Options, 'withValues', [field: string, value: string][], string[]>
  : string | null

/** Commands on hashes: fields with texts under one key. */
export interface HashCommands {
  /** Sets the fields; answers how many are new. O(n) for n fields. https://redis.io/commands/hset */
  hset(key: string, fields: Pairs<string>): Promise<number>
  /** Sets the field only without it; answers whether it did. O(1). https://redis.io/commands/hsetnx */
  hsetnx(key: string, field: string, value: string): Promise<boolean>
  /** Answers the text of the field, null without it. O(1). https://redis.io/commands/hget */
  hget(key: string, field: string): Promise<string | null>
  /** Answers the text of each field, null without it. O(n) for n fields. https://redis.io/commands/hmget */
  hmget(key: string, ...fields: string[]): Promise<(string | null)[]>
  /** Answers all fields as a record without prototype, empty without key. O(n) for n fields. https://redis.io/commands/hgetall */
  hgetall(key: string): Promise<Record<string, string>>
  /** Answers the names of all fields. O(n) for n fields. https://redis.io/commands/hkeys */
  hkeys(key: string): Promise<string[]>
  /** Answers the texts of all fields. O(n) for n fields. https://redis.io/commands/hvals */
  hvals(key: string): Promise<string[]>
  /** Answers how many fields there are, 0 without key. O(1). https://redis.io/commands/hlen */
  hlen(key: string): Promise<number>
  /** Answers whether the field exists. O(1). https://redis.io/commands/hexists */
  hexists(key: string, field: string): Promise<boolean>
  /** Answers how many bytes the text of the field has in UTF-8, 0 without it. O(n) for n bytes. https://redis.io/commands/hstrlen */
  hstrlen(key: string, field: string): Promise<number>
  /** Removes the fields; answers how many existed. The key goes with its last field. O(n) for n fields. https://redis.io/commands/hdel */
  hdel(key: string, ...fields: string[]): Promise<number>
  /**
   * Answers a field picked at random, null without key; with a count a list: up to so many different fields, or, below
   * zero, so many with repetition, empty without key. O(n) for n fields picked. https://redis.io/commands/hrandfield
   */
  hrandfield<Count extends number | undefined = undefined, Options extends WithValues = Record<never, never>>(
    key: string,
    count?: Count,
    options?: Options,
  ): Promise<RandomFieldReply<Count, Options>>
  /**
   * Answers some of the fields with their texts, and the cursor for the next call; `'0'` begins and ends the walk, which
   * meets what is there all the while at least once. O(n) for n looked at. https://redis.io/commands/hscan
   */
  hscan(
    key: string,
    cursor: string,
    options?: ScanOptions,
  ): Promise<[cursor: string, pairs: [field: string, value: string][]]>
  /** Adds to the integer in the field, from 0 without it; answers the sum. O(1). https://redis.io/commands/hincrby */
  hincrby(key: string, field: string, increment: number): Promise<number>
  /**
   * Adds to the number in the field, from 0 without it; answers the sum, which is kept with 17 decimals at most, so that
   * 0.1 and 0.2 make 0.3. O(1). https://redis.io/commands/hincrbyfloat
   */
  hincrbyfloat(key: string, field: string, increment: number): Promise<number>
}

export const hash: CommandTable<HashCommands> = {
  hset: { mode: 'write', args: ['key', 'pairs'], reply: 'integer', kinds: { pairs } },
  hsetnx: { mode: 'write', args: ['key', 'text', 'text'], reply: 'boolean' },
  hget: { mode: 'read', args: ['key', 'text'], reply: 'text?' },
  hmget: { mode: 'read', args: ['key', '...text'], reply: 'text?[]' },
  hgetall: { mode: 'read', args: ['key'], reply: 'record' },
  hkeys: { mode: 'read', args: ['key'], reply: 'text[]' },
  hvals: { mode: 'read', args: ['key'], reply: 'text[]' },
  hlen: { mode: 'read', args: ['key'], reply: 'integer' },
  hexists: { mode: 'read', args: ['key', 'text'], reply: 'boolean' },
  hstrlen: { mode: 'read', args: ['key', 'text'], reply: 'integer' },
  hdel: { mode: 'write', args: ['key', '...text'], reply: 'integer' },
  hrandfield: {
    mode: 'read',
    args: ['key', 'integer?', { withValues: 'flag' }],
    reply: 'text? | text[] | pair[]',
    truth: true,
  },
  hscan: {
    mode: 'read',
    args: ['key', 'cursor', { match: 'text', count: 'positive' }],
    reply: '[cursor, pair[]]',
    kinds: { cursor, positive },
    truth: true,
  },
  hincrby: { mode: 'write', args: ['key', 'text', 'integer'], reply: 'integer' },
  hincrbyfloat: { mode: 'write', args: ['key', 'text', 'double'], reply: 'double' },
}
