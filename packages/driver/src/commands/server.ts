import type { CommandTable } from '../command.ts'

/** Commands on all the keys there are, whosever they are: under a prefix they are left out. */
export interface ServerCommands {
  /** Answers how many keys there are; those that have expired may count until they are cleared out. O(1). https://redis.io/commands/dbsize */
  dbsize(): Promise<number>
  /** Answers a key picked at random, null without keys. O(1). https://redis.io/commands/randomkey */
  randomkey(): Promise<string | null>
  /** Removes every key, on Redis those of every database; copies go too. O(1), or O(n) for n keys. https://redis.io/commands/flushall */
  flushall(): Promise<void>
}

export const server: CommandTable<ServerCommands> = {
  dbsize: { mode: 'read', args: [], reply: 'integer' },
  randomkey: { mode: 'read', args: [], reply: 'text?' },
  flushall: { mode: 'write', args: [], reply: 'void' },
}
