import type { Aggregate, LexBound, Limit, Pairs, ScanOptions, ScoreBound } from '../argument.ts'
import type { CommandTable } from '../command.ts'
import type { Duration } from '../duration.ts'
import { keys, signal, timeout } from '../kinds/block.ts'
import { cursor, positive } from '../kinds/scan.ts'
import { aggregate, bound, lex, limit, scores, weights } from '../kinds/score.ts'
import type { ByFlag, ScoredMember } from '../reply.ts'
import type { BlockOptions } from './list.ts'

/** Options of `zadd`. At most one of `nx, xx`, of `nx, gt, lt`. */
export interface ZaddOptions {
  /** Only add new members. */
  readonly nx?: boolean
  /** Only update members that exist. */
  readonly xx?: boolean
  /** Update only to a greater score. */
  readonly gt?: boolean
  /** Update only to a lesser score. */
  readonly lt?: boolean
  /** Count updated members too. */
  readonly ch?: boolean
  /** Add to the score of the one member given; answers the new score, null where an option forbade it. */
  readonly incr?: boolean
}

export type ZaddReply<Options> = ByFlag<Options, 'incr', number | null, number>

export interface WithScores {
  /** Answer pairs of member and score. */
  readonly withScores?: boolean
}

export interface WithLimit {
  /** Answer only this part of the range. */
  readonly limit?: Limit
}

export interface RangeOptions extends WithLimit, WithScores {}

/** What a range answers: members, or pairs of member and score. */
export type RangeReply<Options> = ByFlag<Options, 'withScores', ScoredMember[], string[]>

/** What a pick of members answers: one member or null without a count, a list with one. */
export type RandomMemberReply<Count, Options> = Count extends number
  ? ByFlag<Options, 'withScores', ScoredMember[], string[]>
  : string | null

/** How several sorted sets become one. */
export interface CombineOptions {
  /** What the scores of each key are multiplied by, as many as keys; 1 unless said. */
  readonly weights?: readonly number[]
  /** What becomes of the scores that a member has in several; their sum unless said. Infinity less Infinity, or times 0, is 0. */
  readonly aggregate?: Aggregate
}

/** Commands on sorted sets: members ordered by score, equal scores by the bytes of the member. */
export interface SortedSetCommands {
  /** Adds the members or updates their scores; answers how many are new. O(log n) each. https://redis.io/commands/zadd */
  zadd<Options extends ZaddOptions = Record<never, never>>(
    key: string,
    members: Pairs<number>,
    options?: Options,
  ): Promise<ZaddReply<Options>>
  /** Answers how many members there are, 0 without key. O(1). https://redis.io/commands/zcard */
  zcard(key: string): Promise<number>
  /** Answers how many members have a score within the bounds. O(log n). https://redis.io/commands/zcount */
  zcount(key: string, min: ScoreBound, max: ScoreBound): Promise<number>
  /** Adds to the score of the member, from 0 without it; answers the new score. O(log n). https://redis.io/commands/zincrby */
  zincrby(key: string, increment: number, member: string): Promise<number>
  /** Answers the members from rank start to stop, lowest score first. O(log n + m) for m answered. https://redis.io/commands/zrange */
  zrange<Options extends WithScores = Record<never, never>>(
    key: string,
    start: number,
    stop: number,
    options?: Options,
  ): Promise<RangeReply<Options>>
  /** As `zrange`, highest score first. O(log n + m) for m answered. https://redis.io/commands/zrevrange */
  zrevrange<Options extends WithScores = Record<never, never>>(
    key: string,
    start: number,
    stop: number,
    options?: Options,
  ): Promise<RangeReply<Options>>
  /** Answers the members with a score within the bounds, lowest first. O(log n + m) for m answered or skipped. https://redis.io/commands/zrangebyscore */
  zrangebyscore<Options extends RangeOptions = Record<never, never>>(
    key: string,
    min: ScoreBound,
    max: ScoreBound,
    options?: Options,
  ): Promise<RangeReply<Options>>
  /** As `zrangebyscore`, highest score first: the greater bound comes first too. O(log n + m) for m answered or skipped. https://redis.io/commands/zrevrangebyscore */
  zrevrangebyscore<Options extends RangeOptions = Record<never, never>>(
    key: string,
    max: ScoreBound,
    min: ScoreBound,
    options?: Options,
  ): Promise<RangeReply<Options>>
  /**
   * Answers the members within the bounds, by their bytes. All members must have one score; where scores differ, it is not
   * said what is answered. O(log n + m) for m answered or skipped. https://redis.io/commands/zrangebylex
   */
  zrangebylex(key: string, min: LexBound, max: LexBound, options?: WithLimit): Promise<string[]>
  /** Answers how many members there are within the bounds, as `zrangebylex` finds them. O(log n). https://redis.io/commands/zlexcount */
  zlexcount(key: string, min: LexBound, max: LexBound): Promise<number>
  /** Answers the place of the member counted from the lowest score, from 0; null without it. O(log n). https://redis.io/commands/zrank */
  zrank(key: string, member: string): Promise<number | null>
  /** As `zrank`, counted from the highest score. O(log n). https://redis.io/commands/zrevrank */
  zrevrank(key: string, member: string): Promise<number | null>
  /** Removes the members; answers how many existed. O(log n) each. https://redis.io/commands/zrem */
  zrem(key: string, ...members: string[]): Promise<number>
  /** Removes the members from rank start to stop; answers how many. O(log n + m) for m removed. https://redis.io/commands/zremrangebyrank */
  zremrangebyrank(key: string, start: number, stop: number): Promise<number>
  /** Removes the members with a score within the bounds; answers how many. O(log n + m) for m removed. https://redis.io/commands/zremrangebyscore */
  zremrangebyscore(key: string, min: ScoreBound, max: ScoreBound): Promise<number>
  /** Removes the members within the bounds, as `zrangebylex` finds them; answers how many. O(log n + m) for m removed. https://redis.io/commands/zremrangebylex */
  zremrangebylex(key: string, min: LexBound, max: LexBound): Promise<number>
  /** Answers the score of the member, null without it. O(1). https://redis.io/commands/zscore */
  zscore(key: string, member: string): Promise<number | null>
  /** Answers the score of each member, null without it. O(n) for n members. https://redis.io/commands/zmscore */
  zmscore(key: string, ...members: string[]): Promise<(number | null)[]>
  /** Takes the member with the lowest score, or up to `count` of the lowest; answers them with their scores, lowest first, none without key. O(n log n) for n taken. https://redis.io/commands/zpopmin */
  zpopmin(key: string, count?: number): Promise<ScoredMember[]>
  /** As `zpopmin`, from the highest score, highest first. O(n log n) for n taken. https://redis.io/commands/zpopmax */
  zpopmax(key: string, count?: number): Promise<ScoredMember[]>
  /**
   * Answers a member picked at random, null without key; with a count a list: up to so many different members, or, below
   * zero, so many with repetition, empty without key. O(n) for n members picked. https://redis.io/commands/zrandmember
   */
  zrandmember<
    Count extends number | undefined = undefined,
    Options extends WithScores = Record<never, never>,
  >(key: string, count?: Count, options?: Options): Promise<RandomMemberReply<Count, Options>>
  /**
   * Answers some of the members with their scores, in no order, and the cursor for the next call; `'0'` begins and ends the
   * walk, which meets what is there all the while at least once, also where scores change. O(n) for n looked at.
   * https://redis.io/commands/zscan
   */
  zscan(key: string, cursor: string, options?: ScanOptions): Promise<[cursor: string, pairs: ScoredMember[]]>
  /**
   * Takes the member with the lowest score from the first sorted set that has one, waiting for one until the timeout (0: for
   * ever); answers key, member and score, null after the timeout. Who waits longest is served first. O(n + log m) for n keys
   * and m members. https://redis.io/commands/bzpopmin
   */
  bzpopmin(
    keys: string | readonly string[],
    timeout: Duration,
    options?: BlockOptions,
  ): Promise<[key: string, member: string, score: number] | null>
  /** As `bzpopmin`, with the highest score. O(n + log m) for n keys and m members. https://redis.io/commands/bzpopmax */
  bzpopmax(
    keys: string | readonly string[],
    timeout: Duration,
    options?: BlockOptions,
  ): Promise<[key: string, member: string, score: number] | null>
  /**
   * Gives the destination the members that any of the keys holds, over a value of any type and without expiry; answers how
   * many. Sets count as sorted sets with scores of 1. O(n log n) for n members of all. https://redis.io/commands/zunionstore
   */
  zunionstore(
    destination: string,
    keys: string | readonly string[],
    options?: CombineOptions,
  ): Promise<number>
  /** As `zunionstore`, with the members that all of the keys hold; none where a key is missing. O(n m log n) for n members of the smallest of m keys. https://redis.io/commands/zinterstore */
  zinterstore(
    destination: string,
    keys: string | readonly string[],
    options?: CombineOptions,
  ): Promise<number>
}

const kinds = {
  aggregate,
  bound,
  cursor,
  keys,
  lex,
  limit,
  positive,
  scores,
  signal,
  timeout,
  weights,
}

export const sortedSet: CommandTable<SortedSetCommands> = {
  zadd: {
    mode: 'write',
    args: ['key', 'scores', { nx: 'flag', xx: 'flag', gt: 'flag', lt: 'flag', ch: 'flag', incr: 'flag' }],
    reply: 'double?',
    kinds,
    exclusive: [
      ['nx', 'xx'],
      ['nx', 'gt', 'lt'],
    ],
  },
  zcard: { mode: 'read', args: ['key'], reply: 'integer' },
  zcount: { mode: 'read', args: ['key', 'bound', 'bound'], reply: 'integer', kinds },
  zincrby: { mode: 'write', args: ['key', 'double', 'text'], reply: 'double' },
  zrange: {
    mode: 'read',
    args: ['key', 'integer', 'integer', { withScores: 'flag' }],
    reply: 'text[] | scored[]',
  },
  zrevrange: {
    mode: 'read',
    args: ['key', 'integer', 'integer', { withScores: 'flag' }],
    reply: 'text[] | scored[]',
  },
  zrangebyscore: {
    mode: 'read',
    args: ['key', 'bound', 'bound', { withScores: 'flag', limit: 'limit' }],
    reply: 'text[] | scored[]',
    kinds,
  },
  zrevrangebyscore: {
    mode: 'read',
    args: ['key', 'bound', 'bound', { withScores: 'flag', limit: 'limit' }],
    reply: 'text[] | scored[]',
    kinds,
  },
  zrangebylex: { mode: 'read', args: ['key', 'lex', 'lex', { limit: 'limit' }], reply: 'text[]', kinds },
  zlexcount: { mode: 'read', args: ['key', 'lex', 'lex'], reply: 'integer', kinds },
  zrank: { mode: 'read', args: ['key', 'text'], reply: 'integer?' },
  zrevrank: { mode: 'read', args: ['key', 'text'], reply: 'integer?' },
  zrem: { mode: 'write', args: ['key', '...text'], reply: 'integer' },
  zremrangebyrank: { mode: 'write', args: ['key', 'integer', 'integer'], reply: 'integer' },
  zremrangebyscore: { mode: 'write', args: ['key', 'bound', 'bound'], reply: 'integer', kinds },
  zremrangebylex: { mode: 'write', args: ['key', 'lex', 'lex'], reply: 'integer', kinds },
  zscore: { mode: 'read', args: ['key', 'text'], reply: 'double?' },
  zmscore: { mode: 'read', args: ['key', '...text'], reply: 'double?[]' },
  zpopmin: { mode: 'write', args: ['key', 'count?'], reply: 'scored[]' },
  zpopmax: { mode: 'write', args: ['key', 'count?'], reply: 'scored[]' },
  zrandmember: {
    mode: 'read',
    args: ['key', 'integer?', { withScores: 'flag' }],
    reply: 'text? | text[] | scored[]',
    truth: true,
  },
  zscan: {
    mode: 'read',
    args: ['key', 'cursor', { match: 'text', count: 'positive' }],
    reply: '[cursor, scored[]]',
    kinds,
    truth: true,
  },
  bzpopmin: {
    mode: 'block',
    args: ['keys', 'timeout', { signal: 'signal' }],
    reply: '[key, text, double]?',
    kinds,
  },
  bzpopmax: {
    mode: 'block',
    args: ['keys', 'timeout', { signal: 'signal' }],
    reply: '[key, text, double]?',
    kinds,
  },
  zunionstore: {
    mode: 'write',
    // The weights come last: what is wrong with their number is then told by what follows, which is nothing.
    args: ['key', 'keys', { aggregate: 'aggregate', weights: 'weights' }],
    reply: 'integer',
    kinds,
  },
  zinterstore: {
    mode: 'write',
    args: ['key', 'keys', { aggregate: 'aggregate', weights: 'weights' }],
    reply: 'integer',
    kinds,
  },
}
