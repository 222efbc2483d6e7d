/** Which slot leaves when the keyspace is full: for now a clock with one bit for each slot. */
export class Eviction {
  #state: Uint8Array = new Uint8Array(16)
  #count = 0
  #hand = 0

  grow(capacity: number): void {
    const state = new Uint8Array(capacity)
    state.set(this.#state)
    this.#state = state
  }

  add(slot: number, _key: string): void {
    this.#state[slot] = 1
    this.#count++
  }

  hit(slot: number): void {
    this.#state[slot] = 2
  }

  remove(slot: number): void {
    if (this.#state[slot] === 0) return
    this.#state[slot] = 0
    this.#count--
  }

  /** The slot that should leave, -1 where there is none. */
  victim(): number {
    if (this.#count === 0) return -1
    for (;;) {
      const slot = this.#hand
      this.#hand = (slot + 1) % this.#state.length
      if (this.#state[slot] === 1) return slot
      if (this.#state[slot] === 2) this.#state[slot] = 1
    }
  }
}
