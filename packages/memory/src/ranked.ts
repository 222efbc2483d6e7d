import { CacheError, type ScoredMember } from '@jcache/driver'
import type { Collection } from './collection.ts'
import { LongOrder } from './long-order.ts'
import type { Order } from './order.ts'
import { ShortOrder } from './short-order.ts'

/** Up to this many members are scanned: an index would save 40 ns and double the memory. */
const SHORT = 32

/** Below this place, elements may have moved up: those that were there when a short set grew long. */
export const UNSETTLED: number = SHORT + 1

/** Members by score, equal scores by the bytes of the member: the sorted set. */
export class Ranked implements Collection {
  readonly type = 'zset'
  chars = 0
  revision = 0
  #order: Order = new ShortOrder()

  /** Of pairs with the same member the last one counts. O(n log n). */
  constructor(pairs: Iterable<readonly [member: string, score: number]> = []) {
    for (const [member, score] of pairs) this.set(member, score)
  }

  get size(): number {
    return this.#order.size
  }

  get bytes(): number {
    return this.chars + this.#order.bytes
  }

  /** The score of the member. O(1). */
  score(member: string): number | undefined {
    const found = this.#order.find(member)
    return found < 0 ? undefined : this.#order.scoreAt(found)
  }

  /**
   * The element in the place, of places from 0 on without gaps, in no order. An element only ever moves to a lower place or,
   * where the set became short in between, to one below `UNSETTLED`. O(1).
   */
  at(place: number): ScoredMember {
    return this.#order.at(place)
  }

  /**
   * Gives the member this score: adds it, moves it, or does nothing if that is its score. O(log n).
   *
   * @throws CacheError `NOT_A_NUMBER` for NaN.
   */
  set(member: string, score: number): void {
    this.update(member, () => score)
  }

  /** As `set`, with the score that is made of the old one (undefined: no such member); the same leaves all as it was. */
  update(member: string, change: (old: number | undefined) => number | undefined): void {
    const order = this.#order
    const found = order.find(member)
    const old = found < 0 ? undefined : order.scoreAt(found)
    const given = change(old)
    if (given === undefined || given === old) return
    if (Number.isNaN(given))
      throw new CacheError('NOT_A_NUMBER', 'a score is NaN, which has no place in an order')
    const score = given + 0 // -0 becomes 0
    if (old === undefined) {
      order.add(member, score)
      this.chars += member.length
      if (this.size === SHORT + 1) this.#become(new LongOrder())
    } else order.move(found, member, score)
    this.revision++
  }

  /** Removes the member; answers whether it was there. O(log n). */
  delete(member: string): boolean {
    const order = this.#order
    const found = order.find(member)
    if (found < 0) return false
    order.delete(found)
    this.chars -= member.length
    if (order instanceof LongOrder) {
      if (order.size <= SHORT) this.#become(new ShortOrder())
      else if (order.sparse) this.#become(new LongOrder())
    }
    this.revision++
    return true
  }

  /** The rank of the member. O(log n). */
  rankOf(member: string): number | undefined {
    const found = this.#order.find(member)
    return found < 0 ? undefined : this.#order.rankAt(found)
  }

  /**
   * How many elements come before this score and member, there or not; without member, before all greater scores.
   * So this is the rank of either end of a range. O(log n).
   */
  rank(score: number, member?: string): number {
    return this.#order.rank(score, member)
  }

  /** What is made of each element from rank start to before rank end, lowest first. O(log n + m) for m elements. */
  range<Item>(start: number, end: number, make: (member: string, score: number) => Item): Item[] {
    return this.#order.range(start, end, make)
  }

  /** Removes the elements from rank start to before rank end. O(m log n) for m elements. */
  remove(start: number, end: number): void {
    // From the last, so that nothing has to move up.
    for (const member of this.range(start, end, (member) => member).reverse()) this.delete(member)
  }

  dump(start: number = 0, end: number = this.size): ScoredMember[] {
    return this.range(start, end, (member, score) => [member, score])
  }

  /** Goes over to another order, in which each element has its place again. */
  #become(order: Order): void {
    for (let place = 0; place < this.size; place++) order.add(...this.#order.at(place))
    this.#order = order
  }
}
