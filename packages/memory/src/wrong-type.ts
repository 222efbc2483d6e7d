import { CacheError, show } from '@jcache/driver'
import type { Value } from './collection.ts'

/** What a command is told that works on another type than the key holds. */
export function wrongType(key: string, value: Value | undefined, wanted: string): CacheError {
  const found = typeof value === 'object' ? value.type : 'string'
  return new CacheError('WRONG_TYPE', `${show(key)} holds a ${found}, not a ${wanted}`)
}
