import type { CommandTable } from '../command.ts'
import type { Duration, Instant } from '../duration.ts'
import type { KeyType } from '../reply.ts'

/** Commands on keys of any type. */
export interface KeyCommands {
  /** Removes the keys; answers how many existed. O(n) for n keys. https://redis.io/commands/del */
  del(...keys: string[]): Promise<number>
  /** Answers how many of the keys exist; a key named twice counts twice. O(n) for n keys. https://redis.io/commands/exists */
  exists(...keys: string[]): Promise<number>
  /** Lets the key expire after the ttl; answers false without key. O(1). https://redis.io/commands/pexpire */
  expire(key: string, ttl: Duration): Promise<boolean>
  /** Lets the key expire at the instant, at once if that is past; answers false without key. O(1). https://redis.io/commands/pexpireat */
  expireat(key: string, at: Instant): Promise<boolean>
  /** Takes the expiry from the key; answers false without key or expiry. O(1). https://redis.io/commands/persist */
  persist(key: string): Promise<boolean>
  /** Answers the milliseconds that the key has left: `Infinity` without expiry, null without key. O(1). https://redis.io/commands/pttl */
  ttl(key: string): Promise<number | null>
  /** Answers the type of what the key holds, null without key. O(1). https://redis.io/commands/type */
  type(key: string): Promise<KeyType | null>
}

export const keys: CommandTable<KeyCommands> = {
  del: { mode: 'write', args: ['...key'], reply: 'integer', separable: true },
  exists: { mode: 'read', args: ['...key'], reply: 'integer', separable: true },
  expire: { mode: 'write', args: ['key', 'duration'], reply: 'boolean' },
  expireat: { mode: 'write', args: ['key', 'instant'], reply: 'boolean' },
  persist: { mode: 'write', args: ['key'], reply: 'boolean' },
  ttl: { mode: 'read', args: ['key'], reply: 'double?', truth: true },
  type: { mode: 'read', args: ['key'], reply: 'type?' },
}
