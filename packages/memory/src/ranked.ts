import { CacheError, type ScoredMember } from '@jcache/driver'
import type { Collection } from './collection.ts'
import { Names, takeOut } from './names.ts'
import { PrefixSums } from './prefix-sums.ts'
import { type Run, search } from './run.ts'

/** A run is split when it grows beyond this: short enough to be moved in place, long enough to keep the runs few. */
const RUN_LENGTH = 256

/** Up to this many members lie in one run without an index, which would save 40 ns of scanning and double the memory. */
const SCAN_LENGTH = 32

/** Below this place, elements may have moved up: those that were there when a short set grew long. */
export const UNSETTLED: number = SCAN_LENGTH + 1

/**
 * Members by score, equal scores by the bytes of the member: the sorted set.
 *
 * The elements lie in rank order, cut into runs of some hundred. One binary search finds the run and one the place in it;
 * an insertion moves half a run in memory, which is faster than following pointers: a million members are changed
 * several times as fast as in a skip list or a tree, at half the heap. Ranks are sums of lengths of runs.
 */
export class Ranked implements Collection {
  readonly type = 'zset'
  size = 0
  chars = 0
  revision = 0

  #runs: Run[] = [{ scores: [], members: [] }]
  /** For each run but the last, what all its elements come up to and all later elements come after. */
  #bounds: Run | undefined
  /** The lengths of the runs; made when needed after runs were split or joined. */
  #lengths: PrefixSums | undefined
  /** The index of a set that is too long to be scanned: members in places without gaps. */
  #names: Names | undefined
  /** Their scores by place. */
  #scores: number[] = []

  /** Of pairs with the same member the last one counts. O(n log n). */
  constructor(pairs: Iterable<readonly [member: string, score: number]> = []) {
    for (const [member, score] of pairs) this.set(member, score)
  }

  /** As measured on V8, whose index has a power of two of places with 28 bytes each, and whose arrays leave room. */
  get bytes(): number {
    const { size } = this
    const index = size > SCAN_LENGTH ? 16 * size + 28 * 2 ** (32 - Math.clz32(size - 1)) : 0
    return 320 + this.chars + 36 * size + index
  }

  /** The score of the member. O(1). */
  score(member: string): number | undefined {
    return this.#scoreAt(this.#placeOf(member))
  }

  /**
   * The element in the place, of places from 0 on without gaps, in no order. An element only ever moves to a lower place or,
   * where the set became short in between, to one below `UNSETTLED`. O(1).
   */
  at(place: number): ScoredMember {
    return [(this.#names?.list ?? this.#run(0).members)[place] ?? '', this.#scoreAt(place) ?? 0]
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
    const place = this.#placeOf(member)
    const old = this.#scoreAt(place)
    const given = change(old)
    if (given === undefined || given === old) return
    if (Number.isNaN(given))
      throw new CacheError('NOT_A_NUMBER', 'a score is NaN, which has no place in an order')
    const score = given + 0 // -0 becomes 0
    if (old === undefined) {
      this.#count(member, 1)
      this.#names?.add(member)
      if (this.#names) this.#scores.push(score)
    } else {
      this.#take(old, member)
      if (this.#names) this.#scores[place] = score
    }
    this.#put(score, member)
    if (this.size > SCAN_LENGTH && !this.#names) {
      this.#names = new Names()
      for (const each of this.#run(0).members) this.#names.add(each)
      this.#scores = [...this.#run(0).scores]
    }
    this.revision++
  }

  /** Removes the member; answers whether it was there. O(log n). */
  delete(member: string): boolean {
    const score = this.score(member)
    if (score === undefined) return false
    this.#take(score, member)
    this.#forget(member)
    this.#shrink()
    return true
  }

  /**
   * How many elements come before this score and member, there or not; without member, before all greater scores.
   * So this is the rank of a member, and of either end of a range. O(log n).
   */
  rank(score: number, member?: string): number {
    const place = this.#find(score, member)
    return this.#before(place) + search(this.#run(place), score, member)
  }

  /** What is made of each element from rank start to before rank end, lowest first. O(log n + m) for m elements. */
  range<Item>(start: number, end: number, make: (member: string, score: number) => Item): Item[] {
    const items: Item[] = []
    this.#walk(start, end, ({ scores, members }, from, to) => {
      for (let at = from; at < to; at++) items.push(make(members[at] ?? '', scores[at] ?? 0))
    })
    return items
  }

  /** Removes the elements from rank start to before rank end. O(log n + m) for m elements. */
  remove(start: number, end: number): void {
    const [first, last] = this.#walk(start, end, ({ scores, members }, from, to, place) => {
      this.#lengths?.add(place, from - to)
      scores.splice(from, to - from)
      for (const member of members.splice(from, to - from)) this.#forget(member)
    })
    // What lies between the first and the last is empty now.
    const empty = last - first - 1
    if (empty > 0) {
      this.#runs.splice(first + 1, empty)
      this.#bounds?.scores.splice(first + 1, empty)
      this.#bounds?.members.splice(first + 1, empty)
      this.#lengths = undefined
    }
    this.#join(first + 1)
    this.#join(first)
    this.#shrink()
  }

  dump(): ScoredMember[] {
    return this.range(0, this.size, (member, score) => [member, score])
  }

  #placeOf(member: string): number {
    return this.#names ? this.#names.placeOf(member) : this.#run(0).members.indexOf(member)
  }

  #scoreAt(place: number): number | undefined {
    return place < 0 ? undefined : (this.#names ? this.#scores : this.#run(0).scores)[place]
  }

  #run(place: number): Run {
    const run = this.#runs[place]
    if (!run) throw new RangeError(`no run ${place}`)
    return run
  }

  /** The run where this element is or would be. */
  #find(score: number, member: string | undefined): number {
    return this.#bounds ? search(this.#bounds, score, member) : 0
  }

  #before(place: number): number {
    return place === 0 ? 0 : this.#sums().before(place)
  }

  #sums(): PrefixSums {
    this.#lengths ??= new PrefixSums(this.#runs.map((run) => run.members.length))
    return this.#lengths
  }

  /** Visits the parts of runs from rank start to before rank end; answers the first and the last run visited. */
  #walk(
    start: number,
    end: number,
    visit: (run: Run, from: number, to: number, place: number) => void,
  ): [first: number, last: number] {
    const first = this.#runs.length > 1 ? this.#sums().find(start) : 0
    let last = first
    let from = start - this.#before(first)
    for (let left = end - start; left > 0; last++) {
      const run = this.#run(last)
      const to = Math.min(from + left, run.members.length)
      left -= to - from
      visit(run, from, to, last)
      from = 0
    }
    return [first, Math.max(first, last - 1)]
  }

  #put(score: number, member: string): void {
    const place = this.#find(score, member)
    const run = this.#run(place)
    const at = search(run, score, member)
    if (this.#names) {
      run.scores.splice(at, 0, score)
      run.members.splice(at, 0, member)
    } else {
      // Arrays that grow in place keep some 16 free places, too many for small sets.
      run.scores = run.scores.toSpliced(at, 0, score)
      run.members = run.members.toSpliced(at, 0, member)
    }
    this.#lengths?.add(place, 1)
    if (run.members.length > RUN_LENGTH) {
      // Growing at the end, as by time, leaves full runs behind.
      const growing = place === this.#runs.length - 1 && at === RUN_LENGTH
      this.#split(place, growing ? RUN_LENGTH : RUN_LENGTH >> 1)
    }
  }

  #take(score: number, member: string): void {
    const place = this.#find(score, member)
    const run = this.#run(place)
    const at = search(run, score, member)
    run.scores.splice(at, 1)
    run.members.splice(at, 1)
    this.#lengths?.add(place, -1)
    this.#join(place)
  }

  #split(place: number, at: number): void {
    const { scores, members } = this.#run(place)
    this.#bounds ??= { scores: [], members: [] }
    this.#bounds.scores.splice(place, 0, scores[at - 1] ?? 0)
    this.#bounds.members.splice(place, 0, members[at - 1] ?? '')
    this.#runs.splice(place + 1, 0, { scores: scores.splice(at), members: members.splice(at) })
    this.#lengths = undefined
  }

  /** Joins a run that became short to the next or, at the end, the one before. */
  #join(place: number): void {
    const left = Math.min(place, this.#runs.length - 2)
    if (left < 0) return
    const run = this.#run(left)
    const next = this.#run(left + 1)
    const [length, more] = [run.members.length, next.members.length]
    if (length > 0 && more > 0 && length + more > RUN_LENGTH >> 1) return
    run.scores.push(...next.scores)
    run.members.push(...next.members)
    this.#runs.splice(left + 1, 1)
    this.#bounds?.scores.splice(left, 1)
    this.#bounds?.members.splice(left, 1)
    this.#lengths = undefined
  }

  /** Goes back to one run without an index when the set became short. */
  #shrink(): void {
    if (!this.#names || this.size > SCAN_LENGTH) return
    const all = this.dump()
    this.#runs = [{ scores: all.map(([, score]) => score), members: all.map(([member]) => member) }]
    this.#bounds = this.#lengths = this.#names = undefined
    this.#scores = []
  }

  #forget(member: string): void {
    const place = this.#names?.placeOf(member)
    if (place !== undefined) {
      this.#names?.remove(place)
      takeOut(this.#scores, place)
    }
    this.#count(member, -1)
    this.revision++
  }

  #count(member: string, change: 1 | -1): void {
    this.size += change
    this.chars += change * member.length
  }
}
