import type { Keyspace } from '@jcache/memory'

type ExpiryClock = ReturnType<ConstructorParameters<typeof Keyspace>[1]['expiry']>

/** Slots that are looked at in one go: less than a tenth of a millisecond. */
const LOOKS = 65_536
/** Keys that are removed in one go: about a millisecond. */
const REMOVALS = 4_000

/**
 * Finds slots that have expired though nobody reads them, a part of them at a time: a hand goes round the column of their
 * times. As long as nothing in the column is due it rests, so keys that last cost nothing.
 */
export class Sweep implements ExpiryClock {
  at: Float64Array = new Float64Array(16)
  readonly #due: (slot: number) => void
  #hand = 0
  /** No slot expires before this. */
  #soonest = Number.POSITIVE_INFINITY
  /** Nor, of those that the hand has passed and of those that were set since, before this. */
  #passed = Number.POSITIVE_INFINITY

  /** `due` removes what is in the slot. */
  constructor(due: (slot: number) => void) {
    this.#due = due
  }

  grow(capacity: number): void {
    const longer = new Float64Array(capacity)
    longer.set(this.at)
    this.at = longer
  }

  set(slot: number, at: number): void {
    this.at[slot] = at
    if (at === 0) return
    this.#soonest = Math.min(this.#soonest, at)
    this.#passed = Math.min(this.#passed, at)
  }

  stop(): void {}

  /** Removes some of what has expired by then. O(1): a bounded number of slots. */
  turn(time: number): void {
    let removals = REMOVALS
    for (let looks = LOOKS; looks > 0 && removals > 0 && this.#soonest <= time; looks--) {
      const at = this.at[this.#hand] ?? 0
      if (at !== 0 && at <= time) {
        this.#due(this.#hand)
        removals--
      } else if (at !== 0 && at < this.#passed) this.#passed = at
      if (++this.#hand < this.at.length) continue
      this.#hand = 0
      this.#soonest = this.#passed
      this.#passed = Number.POSITIVE_INFINITY
    }
  }
}
