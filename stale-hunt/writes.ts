import { isVolatile, type Key } from './keys.ts'

/** A command in Redis's own words. */
export type Words = readonly [command: string, ...rest: string[]]

/**
 * What writes the version: one command that leaves it to be read, and others after it, that leave the version as it is.
 * `chance` answers a number from 0 up to 1.
 */
export function wordsOf(key: Key, version: number, chance: () => number): readonly [Words, ...Words[]] {
  const { name } = key
  const text = String(version)
  const life = String(20 + Math.floor(chance() * 600))
  const expiry: Words[] = isVolatile(name) ? [['PEXPIRE', name, life]] : []
  switch (key.kind) {
    case 'string':
      if (isVolatile(name)) return [['SET', name, text, 'PX', life]]
      return [[(['SET', 'MSET', 'GETSET'] as const)[Math.floor(chance() * 3)] ?? 'SET', name, text]]
    case 'hash':
      return [['HSET', name, 'version', text, `field${version % 5}`, text], ...expiry]
    case 'list':
      return [['RPUSH', name, text], ['LTRIM', name, '-5', '-1'], ...expiry]
    case 'set':
      return [['SADD', name, text], ['SREM', name, String(version - 3)], ...expiry]
    case 'zset':
      return [['ZADD', name, text, 'version'], ...expiry]
  }
}
