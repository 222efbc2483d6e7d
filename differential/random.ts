/** Numbers that look random and are the same for the same seed: mulberry32, good enough to choose by. */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed | 0
  }

  /** A number from 0 to below 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  /** A whole number from 0 to below the bound. */
  below(bound: number): number {
    return Math.floor(this.next() * bound)
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  pick<Item>(items: readonly [Item, ...Item[]]): Item {
    return items[this.below(items.length)] ?? items[0]
  }

  /** The items in another order. */
  shuffled<Item>(items: readonly Item[]): Item[] {
    const shuffled = [...items]
    for (let left = shuffled.length; left > 1; ) {
      const at = this.below(left--)
      shuffled.push(...shuffled.splice(at, 1))
    }
    return shuffled
  }

  /** So many of what is made: mostly few, now and then enough to outgrow what is kept in small form. */
  several<Item>(make: (at: number) => Item): Item[] {
    const count = this.chance(0.004)
      ? 100 + this.below(this.chance(0.05) ? 3_000 : 300)
      : 1 + this.below(this.chance(0.3) ? 12 : 3)
    return Array.from({ length: count }, (_, at) => make(at))
  }
}
