import { CacheError, type Entries, type Entry } from '@jcache/driver'

/**
 * The key as a whole, however large.
 *
 * @throws CacheError `UNSUPPORTED` where the tier does not move whole keys.
 */
export async function wholeOf({ name, entries }: Whole, key: string): Promise<Entry | null> {
  if (!entries) throw new CacheError('UNSUPPORTED', `${name} does not move whole keys`)
  const entry = await entries.dump(key, Number.POSITIVE_INFINITY)
  return entry === 'too-big' ? null : entry
}

interface Whole {
  readonly name: string
  readonly entries?: Entries | undefined
}
