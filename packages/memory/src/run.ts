import { type Before, byteOrder } from './byte-order.ts'

/** Elements in rank order, as two columns. */
export interface Run {
  scores: number[]
  members: string[]
}

/** The first place in the run whose element does not come before this one; without member, that has a greater score. */
export function search({ scores, members }: Run, score: number, member: string | undefined): number {
  let low = 0
  let high = scores.length
  let before: Before | undefined
  while (low < high) {
    const middle = (low + high) >>> 1
    const found = scores[middle] ?? 0
    let isBefore = found <= score
    if (found === score && member !== undefined) {
      before ??= byteOrder(member)
      isBefore = before(members[middle] ?? '', member)
    }
    if (isBefore) low = middle + 1
    else high = middle
  }
  return low
}
