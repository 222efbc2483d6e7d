import { CacheError, show } from '@jcache/driver'

/** The most picks with repetition: what they answer must fit into memory, however few there are to pick from. */
const MOST = 2 ** 24

/**
 * Places below size, picked at random: each at most once, all of them for a greater count; as many as the count says, some
 * more than once, for a count below zero. O(n) for n picks.
 *
 * @throws CacheError `OUT_OF_RANGE` for a count below -2^24.
 */
export function picks(key: string, size: number, count: number): number[] {
  if (count < -MOST)
    throw new CacheError(
      'OUT_OF_RANGE',
      `${show(key)}: ${-count} picks with repetition are asked for, ${MOST} are the most`,
    )
  if (count < 0) return Array.from({ length: size && -count }, () => pick(size))
  // By Floyd: of the places up to this one each has the same chance, and what was picked before gives way to the last.
  const picked = new Set<number>()
  for (let place = Math.max(size - count, 0); place < size; place++) {
    const other = pick(place + 1)
    picked.add(picked.has(other) ? place : other)
  }
  return [...picked]
}

/** A place below size, picked at random. */
export function pick(size: number): number {
  return Math.floor(Math.random() * size)
}
