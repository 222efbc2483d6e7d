import type { ListEnd } from '../argument.ts'
import type { CommandTable } from '../command.ts'
import type { Duration } from '../duration.ts'
import { keys, signal, timeout } from '../kinds/block.ts'
import { beside, end } from '../kinds/list.ts'
import type { ByFlag } from '../reply.ts'

/** What a pop answers: one text without a count, a list with one; null without key. */
export type PopReply<Count> = Count extends number ? string[] | null : string | null

/** Options of `lpos`. */
export interface LposOptions {
  /** The first match to answer, counted from 1; below zero from the end, and the search goes backwards. */
  readonly rank?: number
  /** Answer a list of up to so many matches, of all for 0. */
  readonly count?: number
  /** Compare no more than so many values, any number for 0. */
  readonly maxlen?: number
}

/** What `lpos` answers: an index or null without a count, a list with one. */
export type LposReply<Options> = ByFlag<Options, 'count', number[], number | null>

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
  /** As `lpush`, but only where there is a list; answers the length, 0 without key. O(n) for n values. https://redis.io/commands/lpushx */
  lpushx(key: string, ...values: string[]): Promise<number>
  /** As `rpush`, but only where there is a list; answers the length, 0 without key. O(n) for n values. https://redis.io/commands/rpushx */
  rpushx(key: string, ...values: string[]): Promise<number>
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
  /** Replaces the value at the index; `NO_SUCH_KEY` without key, `OUT_OF_RANGE` outside of the list. O(1). https://redis.io/commands/lset */
  lset(key: string, index: number, value: string): Promise<void>
  /**
   * Puts the value before or after the first one that equals the pivot; answers the new length, -1 without the pivot, 0
   * without key. O(n) for n values up to the pivot, or behind it. https://redis.io/commands/linsert
   */
  linsert(key: string, where: 'before' | 'after', pivot: string, value: string): Promise<number>
  /**
   * Removes values that equal this one: the first so many, the last for a count below zero, all for 0; answers how many.
   * O(n) for n values looked at. https://redis.io/commands/lrem
   */
  lrem(key: string, count: number, value: string): Promise<number>
  /**
   * Answers the index of the value, null without it; with a count a list of indexes, in the order they were found.
   * O(n) for n values looked at. https://redis.io/commands/lpos
   */
  lpos<Options extends LposOptions = Record<never, never>>(
    key: string,
    value: string,
    options?: Options,
  ): Promise<LposReply<Options>>
  /**
   * Takes the value at one end of the source and puts it at one end of the destination, which may be the same list; answers
   * it, null without source. O(1). https://redis.io/commands/lmove
   */
  lmove(source: string, destination: string, from: ListEnd, to: ListEnd): Promise<string | null>
  /** Takes the last value of the source and puts it first into the destination, as `lmove` from `right` to `left`. O(1). https://redis.io/commands/rpoplpush */
  rpoplpush(source: string, destination: string): Promise<string | null>
  /**
   * As `lmove`, waiting for a value in the source until the timeout (0: for ever); answers it, null after the timeout.
   * Who waits longest is served first. O(1). https://redis.io/commands/blmove
   */
  blmove(
    source: string,
    destination: string,
    from: ListEnd,
    to: ListEnd,
    timeout: Duration,
    options?: BlockOptions,
  ): Promise<string | null>
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

const kinds = { beside, end, keys, signal, timeout }

export const list: CommandTable<ListCommands> = {
  lpush: { mode: 'write', args: ['key', '...text'], reply: 'integer' },
  rpush: { mode: 'write', args: ['key', '...text'], reply: 'integer' },
  lpushx: { mode: 'write', args: ['key', '...text'], reply: 'integer' },
  rpushx: { mode: 'write', args: ['key', '...text'], reply: 'integer' },
  lpop: { mode: 'write', args: ['key', 'count?'], reply: 'text? | text[]?' },
  rpop: { mode: 'write', args: ['key', 'count?'], reply: 'text? | text[]?' },
  lrange: { mode: 'read', args: ['key', 'integer', 'integer'], reply: 'text[]' },
  ltrim: { mode: 'write', args: ['key', 'integer', 'integer'], reply: 'void' },
  llen: { mode: 'read', args: ['key'], reply: 'integer' },
  lindex: { mode: 'read', args: ['key', 'integer'], reply: 'text?' },
  lset: { mode: 'write', args: ['key', 'integer', 'text'], reply: 'void' },
  linsert: { mode: 'write', args: ['key', 'beside', 'text', 'text'], reply: 'integer', kinds },
  lrem: { mode: 'write', args: ['key', 'integer', 'text'], reply: 'integer' },
  lpos: {
    mode: 'read',
    args: ['key', 'text', { rank: 'integer', count: 'count', maxlen: 'count' }],
    reply: 'integer? | integer[]',
  },
  lmove: { mode: 'write', args: ['key', 'key', 'end', 'end'], reply: 'text?', kinds },
  rpoplpush: { mode: 'write', args: ['key', 'key'], reply: 'text?' },
  blmove: {
    mode: 'block',
    args: ['key', 'key', 'end', 'end', 'timeout', { signal: 'signal' }],
    reply: 'text?',
    kinds,
  },
  blpop: { mode: 'block', args: ['keys', 'timeout', { signal: 'signal' }], reply: '[key, text]?', kinds },
  brpop: { mode: 'block', args: ['keys', 'timeout', { signal: 'signal' }], reply: '[key, text]?', kinds },
}
