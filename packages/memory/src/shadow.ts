import { Clocks } from './clocks.ts'

/** A small cache of hashes without values, to learn how good a window's share is. */
export class Shadow {
  /** Requests that it could have answered, the older ones counted less. */
  hits = 0
  readonly clocks: Clocks

  readonly #capacity: number
  /** By slot the next one whose hash ends alike, -1 for none; after those of the slots the first one by how a hash ends. */
  readonly #next: Int16Array
  readonly #free: number[]

  /** The capacity is a power of two, 16 at least and 2^14 at most. */
  constructor(share: number, capacity: number) {
    this.clocks = new Clocks(share)
    this.clocks.grow(capacity)
    this.#capacity = capacity
    this.#next = new Int16Array(2 * capacity).fill(-1)
    this.#free = Array.from({ length: capacity }, (_, at) => capacity - 1 - at)
  }

  /** One request, answered or not, in a cache of this size, which may differ from time to time. */
  ask(hash: number, size: number): void {
    const { clocks } = this
    const next = this.#next
    const known = next[this.#before(hash)] ?? -1
    if (known >= 0) {
      this.hits++
      clocks.hit(known)
      return
    }
    while (clocks.count >= size) {
      const victim = clocks.victim(-1)
      next[this.#before(clocks.hashes[victim] ?? 0)] = next[victim] ?? -1
      clocks.remove(victim)
      this.#free.push(victim)
    }
    const slot = this.#free.pop() ?? 0
    const first = this.#first(hash)
    next[slot] = next[first] ?? -1
    next[first] = slot
    clocks.add(slot, hash, false)
  }

  /** Halves all counts. */
  age(): void {
    this.hits /= 2
    this.clocks.age()
  }

  #first(hash: number): number {
    return this.#capacity + (hash & (this.#capacity - 1))
  }

  /** The place that tells the slot of the hash, or that there is none. */
  #before(hash: number): number {
    let place = this.#first(hash)
    for (let slot = this.#next[place] ?? -1; slot >= 0 && this.clocks.hashes[slot] !== hash; ) {
      place = slot
      slot = this.#next[place] ?? -1
    }
    return place
  }
}
