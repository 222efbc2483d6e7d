import type { ScoredMember } from '@jcache/driver'

/**
 * Different members with their scores, in rank order: by score, equal scores by the bytes of the member. What is found is
 * told by a number that is good until the next change.
 */
export interface Order {
  readonly size: number
  /** Estimated heap in bytes, without the characters of the members. O(1). */
  readonly bytes: number
  /** Where the member is, -1 without it. */
  find(member: string): number
  scoreAt(found: number): number
  rankAt(found: number): number
  /** How many come before this score and member, there or not; without member, before all greater scores. */
  rank(score: number, member?: string): number
  /** What is made of each from rank start to before rank end, lowest first. */
  range<Item>(start: number, end: number, make: (member: string, score: number) => Item): Item[]
  /** The element in the place, of places from 0 on without gaps. */
  at(place: number): ScoredMember
  /** Adds the member, which must not be there. */
  add(member: string, score: number): void
  /** Gives the member that was found another score. */
  move(found: number, member: string, score: number): void
  /** Removes what was found. */
  delete(found: number): void
}
