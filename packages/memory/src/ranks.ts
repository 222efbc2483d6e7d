import type { Limit, ReadyBound } from '@jcache/driver'
import type { Ranked } from './ranked.ts'

/** Elements from rank start to before rank end; none where both are the same. */
export type Ranks = readonly [start: number, end: number]

/** The ranks of the members with a score within the bounds. O(log n). */
export function scored(set: Ranked, min: ReadyBound, max: ReadyBound): Ranks {
  const start = set.rank(min.score, min.exclusive ? undefined : '')
  return [start, Math.max(set.rank(max.score, max.exclusive ? '' : undefined), start)]
}

/** The part of the ranks that the limit tells; a negative offset leaves nothing. */
export function limited([start, end]: Ranks, [offset, count]: Limit = [0, -1]): Ranks {
  const from = offset < 0 ? end : Math.min(start + offset, end)
  return [from, count < 0 ? end : Math.min(from + count, end)]
}

/** The same elements, counted from the other end of a set of that size. */
export function mirrored([start, end]: Ranks, size: number): Ranks {
  return [size - end, size - start]
}
