import type { ScanOptions } from '../argument.ts'
import type { CommandTable } from '../command.ts'
import type { Duration, Instant } from '../duration.ts'
import { cursor, keyType, positive } from '../kinds/scan.ts'
import type { KeyType } from '../reply.ts'

/** Options of `scan`. */
export interface KeyScanOptions extends ScanOptions {
  /** Answer only keys that hold this type. */
  readonly type?: KeyType
}

/** Commands on keys of any type. */
export interface KeyCommands {
  /** Removes the keys; answers how many existed. O(n) for n keys. https://redis.io/commands/del */
  del(...keys: string[]): Promise<number>
  /** As `del`; what the keys held is given back later, where that takes long. O(n) for n keys. https://redis.io/commands/unlink */
  unlink(...keys: string[]): Promise<number>
  /** Gives the key the new name, over a key of that name; `NO_SUCH_KEY` without key. It keeps its expiry. O(1). https://redis.io/commands/rename */
  rename(key: string, newkey: string): Promise<void>
  /** Counts as a use of the keys, so that they are evicted later; answers how many exist. O(n) for n keys. https://redis.io/commands/touch */
  touch(...keys: string[]): Promise<number>
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
  /**
   * Answers some of the keys, and the cursor for the next call; `'0'` begins and ends the walk, which meets what is there all
   * the while at least once. O(n) for n looked at. https://redis.io/commands/scan
   */
  scan(cursor: string, options?: KeyScanOptions): Promise<[cursor: string, keys: string[]]>
}

export const keys: CommandTable<KeyCommands> = {
  del: { mode: 'write', args: ['...key'], reply: 'integer', separable: true },
  unlink: { mode: 'write', args: ['...key'], reply: 'integer', separable: true },
  rename: { mode: 'write', args: ['key', 'key'], reply: 'void' },
  touch: { mode: 'read', args: ['...key'], reply: 'integer', separable: true, truth: true },
  exists: { mode: 'read', args: ['...key'], reply: 'integer', separable: true },
  expire: { mode: 'write', args: ['key', 'duration'], reply: 'boolean' },
  expireat: { mode: 'write', args: ['key', 'instant'], reply: 'boolean' },
  persist: { mode: 'write', args: ['key'], reply: 'boolean' },
  ttl: { mode: 'read', args: ['key'], reply: 'double?', truth: true },
  type: { mode: 'read', args: ['key'], reply: 'type?' },
  scan: {
    mode: 'read',
    args: ['cursor', { match: 'text', count: 'positive', type: 'type' }],
    reply: '[cursor, key[]]',
    kinds: { cursor, positive, type: keyType },
  },
}
