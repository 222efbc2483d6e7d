import { byteOrder } from './byte-order.ts'

/** How many scores are as far apart as what the processor fetches at once. */
const STRIDE = 8

/** The first index with that score or a greater one, or only a greater one. O(log n). */
export function bisect(
  scores: ArrayLike<number>,
  from: number,
  to: number,
  score: number,
  greater = false,
): number {
  let low = from
  let high = to
  while (low < high) {
    const middle = (low + high) >>> 1
    const found = scores[middle] ?? 0
    if (greater ? found <= score : found < score) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * The first index with that score or a greater one, of some hundred that are in no cache of the processor: it can fetch
 * ahead of this walk, while each step of a bisection waits for the one before. O(n).
 */
export function stride(scores: Float64Array, from: number, to: number, score: number): number {
  let at = from
  while (at + STRIDE < to && (scores[at + STRIDE] ?? 0) < score) at += STRIDE
  while (at < to && (scores[at] ?? 0) < score) at++
  return at
}

/**
 * Of the indexes from the first with that score on, the first whose element does not come before this score and member;
 * without member, that has a greater score. Members are compared only where scores are equal. O(log n).
 */
export function among(
  scores: ArrayLike<number>,
  from: number,
  to: number,
  score: number,
  member: string | undefined,
  memberAt: (at: number) => string,
): number {
  if (from === to || scores[from] !== score) return from
  let high = bisect(scores, from, to, score, true)
  if (member === undefined) return high
  const before = byteOrder(member)
  let low = from
  while (low < high) {
    const middle = (low + high) >>> 1
    if (before(memberAt(middle), member)) low = middle + 1
    else high = middle
  }
  return low
}
