import type { Invalidation } from '@jcache/driver'

/** As `toldKeys`, of keys that are about to be sent. */
export function sentKeys(keys: readonly string[]): Invalidation {
  return keys.some((key) => /[\uD800-\uDFFF\uFFFD]/u.test(key)) ? { kind: 'all' } : { kind: 'keys', keys }
}

/**
 * What is told of the keys with these names in bytes; undefined where no client can have copied any of them.
 *
 * Keys are sent as UTF-8, so bytes that are no UTF-8 name no key of ours. Halves of surrogate pairs are sent as U+FFFD: a
 * key with that in it stands for several texts, which tiers in memory tell apart, and so for any key. O(n) for n keys.
 */
export function toldKeys(names: readonly Buffer[]): Invalidation | undefined {
  const keys: string[] = []
  for (const name of names) {
    const key = name.toString()
    if (!key.includes('\uFFFD')) keys.push(key)
    else if (Buffer.from(key).equals(name)) return { kind: 'all' }
  }
  return keys.length > 0 ? { kind: 'keys', keys } : undefined
}
