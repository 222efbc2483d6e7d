import { Clocks } from './clocks.ts'

/** A small cache of hashes without values, to learn how good a window's share is. */
export class Shadow {
  /** Requests that it could have answered, the older ones counted less. */
  hits = 0
  readonly clocks: Clocks

  readonly #slots = new Map<number, number>()
  readonly #free: number[]

  /** The capacity is a power of two, 16 at least. */
  constructor(share: number, capacity: number) {
    this.clocks = new Clocks(share)
    this.clocks.grow(capacity)
    this.#free = Array.from({ length: capacity }, (_, at) => capacity - 1 - at)
  }

  /** One request, answered or not, in a cache of this size, which may differ from time to time. */
  ask(hash: number, size: number): void {
    const { clocks } = this
    const known = this.#slots.get(hash)
    if (known !== undefined) {
      this.hits++
      clocks.hit(known)
      return
    }
    while (clocks.count >= size) {
      const victim = clocks.victim(-1)
      this.#slots.delete(clocks.hashes[victim] ?? 0)
      clocks.remove(victim)
      this.#free.push(victim)
    }
    const slot = this.#free.pop() ?? 0
    this.#slots.set(hash, slot)
    clocks.add(slot, hash, false)
  }

  /** Halves all counts. */
  age(): void {
    this.hits /= 2
    this.clocks.age()
  }
}
