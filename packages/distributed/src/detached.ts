import { CacheError } from '@jcache/driver'

/** Deeper than any argument or answer; what has no end is deeper. */
const DEPTH = 16

/**
 * The value with lists and records of its own, so that what one side does to its own changes nothing on the other: replies
 * are remembered for who asks again, and arguments lie in the log. Texts and numbers cannot be changed.
 *
 * @throws CacheError `INVALID_ARGUMENT` for a list or a record within too many others.
 */
export function detached(value: unknown, depth: number = DEPTH): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (depth === 0)
    throw new CacheError('INVALID_ARGUMENT', `an argument is wanted, found one within ${DEPTH} others`)
  if (Array.isArray(value)) return listOf(value, depth)
  const prototype: unknown = Object.getPrototypeOf(value)
  // No data: whoever takes it as an argument refuses it.
  if (prototype !== null && prototype !== Object.prototype) return value
  const copy: Record<string, unknown> = Object.create(prototype)
  for (const [key, each] of Object.entries(value)) copy[key] = detached(each, depth - 1)
  return copy
}

function listOf(list: readonly unknown[], depth: number): unknown[] {
  const copy: unknown[] = []
  for (const each of list) copy.push(detached(each, depth - 1))
  return copy
}
