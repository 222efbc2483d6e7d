import type { Entry, KeyType } from '@jcache/driver'
import type { Command } from './request.ts'

/** What spop is to take, as a command of its own: chosen once, so that the same is removed on every node. */
export function choice({ args: [key, count] }: Command): Command {
  return { name: 'srandmember', args: count === undefined ? [key] : [key, Math.max(Number(count), 0)] }
}

/** The command that adds what is in the entry to what the key holds. */
export function addition(key: string, { type, value }: Entry): Command {
  switch (type) {
    case 'string':
      return { name: 'append', args: [key, value] }
    case 'hash':
      return { name: 'hset', args: [key, value] }
    case 'zset':
      return { name: 'zadd', args: [key, value] }
    case 'list':
      return { name: 'rpush', args: [key, ...value] }
    case 'set':
      return { name: 'sadd', args: [key, ...value] }
  }
}

/** A command that does not wait, in place of one that does, on one of its keys. */
export interface Attempt {
  readonly key: string
  readonly type: KeyType
  readonly command: Command
  /** The answer as the waiting command gives it. */
  answer(reply: unknown): unknown
}

/** What a blocking command tries, key by key; none for any other command. */
export function attemptsOf({ name, args }: Command): readonly Attempt[] {
  if (name === 'blmove') {
    const command = { name: 'lmove', args: args.slice(0, 4) }
    return [{ key: String(args[0]), type: 'list', command, answer: (reply) => reply }]
  }
  const instead = new Map<string, readonly [string, KeyType]>([
    ['blpop', ['lpop', 'list']],
    ['brpop', ['rpop', 'list']],
    ['bzpopmin', ['zpopmin', 'zset']],
    ['bzpopmax', ['zpopmax', 'zset']],
  ]).get(name)
  if (!instead) return []
  const [pop, type] = instead
  const keys: readonly unknown[] = Array.isArray(args[0]) ? args[0] : [args[0]]
  return keys.map((key) => ({
    key: String(key),
    type,
    command: { name: pop, args: [key] },
    answer: (reply) => [key, ...[reply].flat(2)],
  }))
}
