import { CacheError } from '@jcache/driver'
import type { Collection, Value } from './collection.ts'

/** The value as the collection it has to be. Throws `WRONG_TYPE` where the key holds another type. */
export function held<Kind extends Collection>(
  key: string,
  value: Value | undefined,
  kind: new () => Kind,
): Kind {
  if (value instanceof kind) return value
  throw wrongType(key, value, new kind().type)
}

/** What a command is told that works on another type than the key holds. */
export function wrongType(key: string, value: Value | undefined, wanted: string): CacheError {
  const found = typeof value === 'object' ? value.type : 'string'
  return new CacheError('WRONG_TYPE', `${JSON.stringify(key)} holds a ${found}, not a ${wanted}`)
}
