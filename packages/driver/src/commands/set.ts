import type { CommandTable } from '../command.ts'

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
}

export const set: CommandTable<SetCommands> = {
  sadd: { mode: 'write', args: ['key', '...text'], reply: 'integer' },
  srem: { mode: 'write', args: ['key', '...text'], reply: 'integer' },
  smembers: { mode: 'read', args: ['key'], reply: 'text[]' },
  sismember: { mode: 'read', args: ['key', 'text'], reply: 'boolean' },
  smismember: { mode: 'read', args: ['key', '...text'], reply: 'boolean[]' },
  scard: { mode: 'read', args: ['key'], reply: 'integer' },
}
