/** Counts in a row whose sums are kept as a Fenwick tree. https://doi.org/10.1002/spe.4380240306 */
export class PrefixSums {
  /** At i: the sum of the last `i & -i` counts up to the i-th. */
  readonly #sums: Int32Array

  /** O(n) for n counts. */
  constructor(counts: ArrayLike<number>) {
    const sums = new Int32Array(counts.length + 1)
    sums.set(counts, 1)
    for (let at = 1; at < sums.length; at++) {
      const parent = at + (at & -at)
      if (parent < sums.length) sums[parent] = (sums[parent] ?? 0) + (sums[at] ?? 0)
    }
    this.#sums = sums
  }

  /** Adds to the count at this place. O(log n). */
  add(place: number, change: number): void {
    const sums = this.#sums
    for (let at = place + 1; at < sums.length; at += at & -at) sums[at] = (sums[at] ?? 0) + change
  }

  /** The sum of all counts before this place. O(log n). */
  before(place: number): number {
    let sum = 0
    for (let at = place; at > 0; at &= at - 1) sum += this.#sums[at] ?? 0
    return sum
  }

  /** The first place whose count, added to those before it, exceeds the sum. O(log n). */
  find(sum: number): number {
    const sums = this.#sums
    let at = 0
    let left = sum
    for (let step = 1 << (31 - Math.clz32(sums.length)); step > 0; step >>= 1) {
      const next = sums[at + step]
      if (next === undefined || next > left) continue
      at += step
      left -= next
    }
    return at
  }
}
