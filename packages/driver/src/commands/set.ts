import type { ScanOptions } from '../argument.ts'
import type { CommandTable } from '../command.ts'
import { cursor, positive } from '../kinds/scan.ts'

/** What a pick of members answers: one member or null without a count, a list with one. */
export type PickReply<Count> = Count extends number ? string[] : string | null

/** Commands on sets: different members in no order. */
export interface SetCommands {
  /** Adds the members; answers how many are new. O(n) for n members. https://redis.io/commands/sadd */
  sadd(key: string, ...members: string[]): Promise<number>
  /** Removes the members; answers how many existed. The key goes with its last member. O(n) for n members. https://redis.io/commands/srem */
  srem(key: string, ...members: string[]): Promise<number>
  /** Answers all members, none without key. O(n) for n members. https://redis.io/commands/smembers */
  smembers(key: string): Promise<string[]>
  /** Answers whether the member is in the set, false without key. O(1). https://redis.io/commands/sismember */
  sismember(key: string, member: string): Promise<boolean>
  /** Answers for each member whether it is in the set. O(n) for n members. https://redis.io/commands/smismember */
  smismember(key: string, ...members: string[]): Promise<boolean[]>
  /** Answers how many members there are, 0 without key. O(1). https://redis.io/commands/scard */
  scard(key: string): Promise<number>
  /** Takes a member picked at random, null without key; with a count up to so many, none without key. O(n) for n members taken. https://redis.io/commands/spop */
  spop<Count extends number | undefined = undefined>(key: string, count?: Count): Promise<PickReply<Count>>
  /**
   * Answers a member picked at random, null without key; with a count a list: up to so many different members, or, below
   * zero, so many with repetition, empty without key. O(n) for n members picked. https://redis.io/commands/srandmember
   */
  srandmember<Count extends number | undefined = undefined>(
    key: string,
    count?: Count,
  ): Promise<PickReply<Count>>
  /** Moves the member from the source to the destination; answers false where the source does not have it. O(1). https://redis.io/commands/smove */
  smove(source: string, destination: string, member: string): Promise<boolean>
  /** Answers the members that all the sets have, none where a key is missing. O(n m) for n members of the smallest of m sets. https://redis.io/commands/sinter */
  sinter(...keys: string[]): Promise<string[]>
  /** Answers the members that any of the sets has. O(n) for n members of all. https://redis.io/commands/sunion */
  sunion(...keys: string[]): Promise<string[]>
  /** Answers the members of the first set that none of the others has. O(n m) for n members of the first of m sets. https://redis.io/commands/sdiff */
  sdiff(...keys: string[]): Promise<string[]>
  /**
   * Gives the destination what `sinter` answers, over a value of any type and without expiry; nothing removes it. Answers
   * how many members that are. As `sinter`. https://redis.io/commands/sinterstore
   */
  sinterstore(destination: string, ...keys: string[]): Promise<number>
  /** As `sinterstore`, with what `sunion` answers. https://redis.io/commands/sunionstore */
  sunionstore(destination: string, ...keys: string[]): Promise<number>
  /** As `sinterstore`, with what `sdiff` answers. https://redis.io/commands/sdiffstore */
  sdiffstore(destination: string, ...keys: string[]): Promise<number>
  /**
   * Answers some of the members, and the cursor for the next call; `'0'` begins and ends the walk, which meets what is
   * there all the while at least once. O(n) for n looked at. https://redis.io/commands/sscan
   */
  sscan(key: string, cursor: string, options?: ScanOptions): Promise<[cursor: string, members: string[]]>
}

export const set: CommandTable<SetCommands> = {
  sadd: { mode: 'write', args: ['key', '...text'], reply: 'integer' },
  srem: { mode: 'write', args: ['key', '...text'], reply: 'integer' },
  smembers: { mode: 'read', args: ['key'], reply: 'text[]' },
  sismember: { mode: 'read', args: ['key', 'text'], reply: 'boolean' },
  smismember: { mode: 'read', args: ['key', '...text'], reply: 'boolean[]' },
  scard: { mode: 'read', args: ['key'], reply: 'integer' },
  spop: { mode: 'write', args: ['key', 'count?'], reply: 'text? | text[]?' },
  srandmember: { mode: 'read', args: ['key', 'integer?'], reply: 'text? | text[]?', truth: true },
  smove: { mode: 'write', args: ['key', 'key', 'text'], reply: 'boolean' },
  sinter: { mode: 'read', args: ['...key'], reply: 'text[]' },
  sunion: { mode: 'read', args: ['...key'], reply: 'text[]' },
  sdiff: { mode: 'read', args: ['...key'], reply: 'text[]' },
  sinterstore: { mode: 'write', args: ['key', '...key'], reply: 'integer' },
  sunionstore: { mode: 'write', args: ['key', '...key'], reply: 'integer' },
  sdiffstore: { mode: 'write', args: ['key', '...key'], reply: 'integer' },
  sscan: {
    mode: 'read',
    args: ['key', 'cursor', { match: 'text', count: 'positive' }],
    reply: '[cursor, text[]]',
    kinds: { cursor, positive },
    truth: true,
  },
}
