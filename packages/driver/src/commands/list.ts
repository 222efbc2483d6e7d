import type { CommandTable } from '../command.ts'
import type { Duration } from '../duration.ts'

/** What a pop answers: one text without a count, a list with one; null without key. */
export type PopReply<Count> = Count extends number ? string[] | null : string | null

/** Options of the commands that wait. */
export interface BlockOptions {
  /** Ends the wait: the call rejects with `ABORTED` and takes nothing. */
  readonly signal?: AbortSignal
}

/** Commands on lists. Negative indexes count from the end. */
export interface ListCommands {
  /** Puts the values at the head, one by one, so that the last one comes first; answers the new length. O(n) for n values. https://redis.io/commands/lpush */
  lpush(key: string, ...values: string[]): Promise<number>
  /** Puts the values at the tail; answers the new length. O(n) for n values. https://redis.io/commands/rpush */
  rpush(key: string, ...values: string[]): Promise<number>
  /** Takes from the head: one value, or up to `count`; null without key. O(n) for n values. https://redis.io/commands/lpop */
  lpop<Count extends number | undefined = undefined>(key: string, count?: Count): Promise<PopReply<Count>>
  /** Takes from the tail: one value, or up to `count`; null without key. O(n) for n values. https://redis.io/commands/rpop */
  rpop<Count extends number | undefined = undefined>(key: string, count?: Count): Promise<PopReply<Count>>
  /** Answers the values from start to stop, both included. O(n) for n values. https://redis.io/commands/lrange */
  lrange(key: string, start: number, stop: number): Promise<string[]>
  /** Keeps only the values from start to stop, both included. O(n) for n values removed. https://redis.io/commands/ltrim */
  ltrim(key: string, start: number, stop: number): Promise<void>
  /** Answers the length, 0 without key. O(1). https://redis.io/commands/llen */
  llen(key: string): Promise<number>
  /** Answers the value at the index, null outside of the list. O(1). https://redis.io/commands/lindex */
  lindex(key: string, index: number): Promise<string | null>
  /**
   * Takes from the head of the first list that has a value, waiting for one until the timeout (0: for ever);
   * answers key and value, null after the timeout. Who waits longest is served first. O(n) for n keys. https://redis.io/commands/blpop
   */
  blpop(
    keys: string | readonly string[],
    timeout: Duration,
    options?: BlockOptions,
  ): Promise<[key: string, value: string] | null>
  /** As `blpop`, from the tail. O(n) for n keys. https://redis.io/commands/brpop */
  brpop(
    keys: string | readonly string[],
    timeout: Duration,
    options?: BlockOptions,
  ): Promise<[key: string, value: string] | null>
}

export const list: CommandTable<ListCommands> = {
  lpush: { mode: 'write', args: ['key', '...text'], reply: 'integer' },
  rpush: { mode: 'write', args: ['key', '...text'], reply: 'integer' },
  lpop: { mode: 'write', args: ['key', 'count?'], reply: 'text? | text[]?' },
  rpop: { mode: 'write', args: ['key', 'count?'], reply: 'text? | text[]?' },
  lrange: { mode: 'read', args: ['key', 'integer', 'integer'], reply: 'text[]' },
  ltrim: { mode: 'write', args: ['key', 'integer', 'integer'], reply: 'void' },
  llen: { mode: 'read', args: ['key'], reply: 'integer' },
  lindex: { mode: 'read', args: ['key', 'integer'], reply: 'text?' },
  blpop: { mode: 'block', args: ['keys', 'timeout', { signal: 'signal' }], reply: '[key, text]?' },
  brpop: { mode: 'block', args: ['keys', 'timeout', { signal: 'signal' }], reply: '[key, text]?' },
}
