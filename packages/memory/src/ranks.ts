import type { LexBound, Limit, ReadyBound } from '@jcache/driver'
import { byteOrder } from './byte-order.ts'
import type { Ranked } from './ranked.ts'

/** Elements from rank start to before rank end; none where both are the same. */
export type Ranks = readonly [start: number, end: number]

/** The ranks of the members with a score within the bounds. O(log n). */
export function scored(set: Ranked, min: ReadyBound, max: ReadyBound): Ranks {
  const start = set.rank(min.score, min.exclusive ? undefined : '')
  return [start, Math.max(set.rank(max.score, max.exclusive ? '' : undefined), start)]
}

/**
 * The ranks of the members within the bounds, by their bytes. O(log n) where all have one score. Where scores differ, as
 * Redis does with short sets: from the first member in rank order that is within, to before the first after it that is
 * beyond; none where the last member of all comes before the bounds. O(n).
 */
export function lexed(set: Ranked, min: LexBound, max: LexBound): Ranks {
  const { size } = set
  const from = cut(min, '(')
  const to = cut(max, '[')
  const scoreAt = (rank: number) => set.range(rank, rank + 1, (_, score) => score)[0] ?? 0
  const score = size ? scoreAt(0) : 0
  if (size === 0 || score === scoreAt(size - 1)) {
    const start = set.rank(score, from)
    return [start, Math.max(set.rank(score, to), start)]
  }
  const members = set.range(0, size, (member) => member)
  const isBefore = (member: string | undefined = '', end: string | undefined) =>
    end === undefined || byteOrder(end)(member, end)
  if (isBefore(members.at(-1), from)) return [0, 0]
  const start = members.findIndex((member) => !isBefore(member, from))
  const end = members.findIndex((member, rank) => rank >= start && !isBefore(member, to))
  return [start, end < 0 ? size : end]
}

/** The text that comes first behind the bound, undefined where none does. Members behind this kind of bracket come before. */
function cut(bound: LexBound, passed: '(' | '['): string | undefined {
  if (bound === '+') return undefined
  // No text lies between a text and itself with a NUL behind it.
  return bound.slice(1) + (bound[0] === passed ? '\0' : '')
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
