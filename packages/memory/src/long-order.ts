import type { ScoredMember } from '@jcache/driver'
import { Names } from './names.ts'
import type { Order } from './order.ts'
import { PrefixSums } from './prefix-sums.ts'
import { among, bisect, stride } from './rank-search.ts'

/** A run is cut in two when it is full: short enough to be moved in place, long enough to keep the runs few. */
const RUN = 128

/**
 * Many elements in rank order, cut into runs. Runs lie in slots of one block of memory, and each element knows the slot of
 * its run: so its rank is found without any comparison, as its place in the run and the sum of the lengths of the runs
 * before. A new score needs a search over the lowest scores of the runs and one in the run, both in plain numbers;
 * members are compared only where scores are equal. An insertion moves half a run in memory, which is faster than
 * following pointers: a million members are changed several times as fast as in a skip list or a tree, at half the heap.
 */
export class LongOrder implements Order {
  readonly #names = new Names()
  // By place.
  #scoreOf: Float64Array = new Float64Array(64)
  #slotOf: Uint32Array = new Uint32Array(64)
  // By slot, `RUN` elements each.
  #scores: Float64Array = new Float64Array(RUN)
  #places: Uint32Array = new Uint32Array(RUN)
  // By slot.
  readonly #lengths: number[] = [0]
  /** Which of the runs in rank order is in the slot; right while there are sums. */
  readonly #runOf: number[] = [0]
  // By run, in rank order.
  readonly #slots: number[] = [0]
  /** The score of the first element. */
  readonly #heads: number[] = [0]
  /** Slots between others that are not used. */
  readonly #free: number[] = []
  /** The lengths of the runs in rank order; made when needed after runs were split or joined. */
  #sums: PrefixSums | undefined

  get size(): number {
    return this.#names.size
  }

  get bytes(): number {
    return (
      2_000 +
      20 * this.size +
      this.#names.bytes +
      12 * this.#slotOf.length +
      12 * this.#scores.length +
      44 * this.#slots.length
    )
  }

  find(member: string): number {
    return this.#names.placeOf(member)
  }

  scoreAt(place: number): number {
    return this.#scoreOf[place] ?? 0
  }

  rankAt(place: number): number {
    const slot = this.#slotOf[place] ?? 0
    return this.#settled().before(this.#runOf[slot] ?? 0) + this.#indexOf(place, slot) - slot * RUN
  }

  rank(score: number, member?: string): number {
    const run = this.#find(score, member)
    const slot = this.#slots[run] ?? 0
    return this.#settled().before(run) + this.#search(slot, score, member) - slot * RUN
  }

  range<Item>(start: number, end: number, make: (member: string, score: number) => Item): Item[] {
    const items: Item[] = []
    const [scores, places, { list }] = [this.#scores, this.#places, this.#names]
    let run = this.#settled().find(start)
    let skip = start - this.#settled().before(run)
    for (let left = end - start; left > 0; run++) {
      const slot = this.#slots[run] ?? 0
      const length = this.#lengths[slot] ?? 0
      const from = slot * RUN + skip
      const to = Math.min(from + left, slot * RUN + length)
      for (let at = from; at < to; at++) items.push(make(list[places[at] ?? 0] ?? '', scores[at] ?? 0))
      left -= to - from
      skip = 0
    }
    return items
  }

  /** Whether it was many times as long, so that a new one would save memory. */
  get sparse(): boolean {
    return this.#slotOf.length > 6 * this.size
  }

  at(place: number): ScoredMember {
    return [this.#memberAt(place), this.scoreAt(place)]
  }

  add(member: string, score: number): void {
    const place = this.size
    if (place === this.#slotOf.length) {
      const capacity = place + (place >> 1)
      this.#slotOf = grown(this.#slotOf, new Uint32Array(capacity))
      this.#scoreOf = grown(this.#scoreOf, new Float64Array(capacity))
    }
    this.#names.add(member)
    this.#put(place, score, member)
  }

  move(place: number, member: string, score: number): void {
    const slot = this.#slotOf[place] ?? 0
    const scores = this.#scores
    const at = this.#indexOf(place, slot)
    const from = slot * RUN
    const last = from + (this.#lengths[slot] ?? 0) - 1
    // Between its neighbours it can stay where it is.
    if (at > from && at < last && (scores[at - 1] ?? 0) < score && score < (scores[at + 1] ?? 0)) {
      scores[at] = score
      this.#scoreOf[place] = score
      return
    }
    this.#take(slot, at)
    this.#put(place, score, member)
  }

  delete(place: number): void {
    const slot = this.#slotOf[place] ?? 0
    this.#take(slot, this.#indexOf(place, slot))
    const last = this.size - 1
    if (place !== last) {
      const other = this.#slotOf[last] ?? 0
      this.#places[this.#indexOf(last, other)] = place
      this.#slotOf[place] = other
      this.#scoreOf[place] = this.#scoreOf[last] ?? 0
    }
    this.#names.remove(place)
  }

  #memberAt(place: number): string {
    return this.#names.list[place] ?? ''
  }

  #indexOf(place: number, slot: number): number {
    return this.#places.indexOf(place, slot * RUN)
  }

  #settled(): PrefixSums {
    if (!this.#sums) {
      const slots = this.#slots
      const counts = new Int32Array(slots.length)
      for (let run = 0; run < slots.length; run++) {
        const slot = slots[run] ?? 0
        this.#runOf[slot] = run
        counts[run] = this.#lengths[slot] ?? 0
      }
      this.#sums = new PrefixSums(counts)
    }
    return this.#sums
  }

  /** The run where this element is or would be. */
  #find(score: number, member: string | undefined): number {
    const low = bisect(this.#heads, 0, this.#slots.length, score)
    const headAt = (run: number) => this.#memberAt(this.#places[(this.#slots[run] ?? 0) * RUN] ?? 0)
    return Math.max(0, among(this.#heads, low, this.#slots.length, score, member, headAt) - 1)
  }

  #search(slot: number, score: number, member: string | undefined): number {
    const from = slot * RUN
    const to = from + (this.#lengths[slot] ?? 0)
    const low = stride(this.#scores, from, to, score)
    return among(this.#scores, low, to, score, member, (at) => this.#memberAt(this.#places[at] ?? 0))
  }

  #put(place: number, score: number, member: string): void {
    const run = this.#find(score, member)
    const slot = this.#slots[run] ?? 0
    const at = this.#search(slot, score, member)
    if (this.#lengths[slot] === RUN) {
      // Growing at the end, as by time, leaves full runs behind.
      this.#split(run, run === this.#slots.length - 1 && at === slot * RUN + RUN ? RUN - 1 : RUN >> 1)
      this.#put(place, score, member)
      return
    }
    const length = this.#lengths[slot] ?? 0
    const scores = this.#scores
    const places = this.#places
    for (let to = slot * RUN + length; to > at; to--) {
      scores[to] = scores[to - 1] ?? 0
      places[to] = places[to - 1] ?? 0
    }
    scores[at] = score
    places[at] = place
    this.#lengths[slot] = length + 1
    this.#scoreOf[place] = score
    this.#slotOf[place] = slot
    if (at === slot * RUN) this.#heads[run] = score
    this.#sums?.add(run, 1)
  }

  #take(slot: number, at: number): void {
    const sums = this.#settled()
    const run = this.#runOf[slot] ?? 0
    const length = (this.#lengths[slot] ?? 0) - 1
    const scores = this.#scores
    const places = this.#places
    for (let to = at; to < slot * RUN + length; to++) {
      scores[to] = scores[to + 1] ?? 0
      places[to] = places[to + 1] ?? 0
    }
    this.#lengths[slot] = length
    if (at === slot * RUN) this.#heads[run] = scores[at] ?? 0
    sums.add(run, -1)
    const left = Math.min(run, this.#slots.length - 2)
    if (length <= RUN >> 2 && left >= 0) this.#join(left)
  }

  #split(run: number, length: number): void {
    const slot = this.#slots[run] ?? 0
    const next = this.#free.pop() ?? this.#slots.length
    if (next * RUN === this.#scores.length) {
      const capacity = (next + (next >> 2) + 1) * RUN
      this.#scores = grown(this.#scores, new Float64Array(capacity))
      this.#places = grown(this.#places, new Uint32Array(capacity))
    }
    this.#lengths[slot] = length
    this.#lengths[next] = 0
    this.#append(next, slot * RUN + length, RUN - length)
    this.#slots.splice(run + 1, 0, next)
    this.#heads.splice(run + 1, 0, this.#scores[next * RUN] ?? 0)
    this.#sums = undefined
  }

  #join(run: number): void {
    const slot = this.#slots[run] ?? 0
    const next = this.#slots[run + 1] ?? 0
    const length = this.#lengths[slot] ?? 0
    const more = this.#lengths[next] ?? 0
    if (length && more && length + more > RUN >> 1) return
    this.#append(slot, next * RUN, more)
    this.#heads[run] = this.#scores[slot * RUN] ?? 0
    this.#slots.splice(run + 1, 1)
    this.#heads.splice(run + 1, 1)
    this.#sums = undefined
    this.#free.push(next)
  }

  /** Puts the elements from there on behind those in the slot. */
  #append(slot: number, from: number, count: number): void {
    const length = this.#lengths[slot] ?? 0
    const to = slot * RUN + length
    this.#scores.copyWithin(to, from, from + count)
    this.#places.copyWithin(to, from, from + count)
    for (let at = to; at < to + count; at++) this.#slotOf[this.#places[at] ?? 0] = slot
    this.#lengths[slot] = length + count
  }
}

function grown<Column extends Float64Array | Uint32Array>(column: Column, larger: Column): Column {
  larger.set(column)
  return larger
}
