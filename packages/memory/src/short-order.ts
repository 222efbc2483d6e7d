import type { ScoredMember } from '@jcache/driver'
import { byteOrder } from './byte-order.ts'
import type { Order } from './order.ts'

/** A few elements as two columns, whose places are their ranks: scanned as fast as searched, at half the heap of an index. */
export class ShortOrder implements Order {
  #scores: number[] = []
  #members: string[] = []

  get size(): number {
    return this.#scores.length
  }

  get bytes(): number {
    return 240 + 36 * this.size
  }

  find(member: string): number {
    return this.#members.indexOf(member)
  }

  scoreAt(rank: number): number {
    return this.#scores[rank] ?? 0
  }

  rankAt(rank: number): number {
    return rank
  }

  rank(score: number, member?: string): number {
    const before = member === undefined ? undefined : byteOrder(member)
    const rank = this.#scores.findIndex(
      (found, at) =>
        found > score ||
        (found === score && member !== undefined && !before?.(this.#members[at] ?? '', member)),
    )
    return rank < 0 ? this.size : rank
  }

  range<Item>(start: number, end: number, make: (member: string, score: number) => Item): Item[] {
    return this.#members.slice(start, end).map((member, at) => make(member, this.scoreAt(start + at)))
  }

  add(member: string, score: number): void {
    const rank = this.rank(score, member)
    // Arrays that change in place keep some 16 free places, too many for small sets.
    this.#scores = this.#scores.toSpliced(rank, 0, score)
    this.#members = this.#members.toSpliced(rank, 0, member)
  }

  at(rank: number): ScoredMember {
    return [this.#members[rank] ?? '', this.scoreAt(rank)]
  }

  move(rank: number, member: string, score: number): void {
    this.delete(rank)
    this.add(member, score)
  }

  delete(rank: number): void {
    this.#scores = this.#scores.toSpliced(rank, 1)
    this.#members = this.#members.toSpliced(rank, 1)
  }
}
