import { grown } from './grown.ts'

/** When what is in each slot was copied from elsewhere, in Unix milliseconds; 0 where it was not. */
export class Ages {
  #at: Float64Array = new Float64Array(16)

  get(slot: number): number {
    return this.#at[slot] ?? 0
  }

  /** O(1) amortised. */
  set(slot: number, at: number): void {
    if (slot >= this.#at.length) this.#at = grown(this.#at, new Float64Array(2 * slot))
    this.#at[slot] = at
  }
}
