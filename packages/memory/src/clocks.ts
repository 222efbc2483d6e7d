// The state of a slot, one byte; 0 is a free one.
const FREQUENCY = 15
const SEEN = 16
const WINDOW = 32
const MAIN = 64
const SAMPLED = 128

/** Steps after which a hand takes what it meets, so that no eviction takes long where everything has been hit. */
const FAR = 16_384
/** Slots that move at once from a window that is too large. */
const SPARE = 4

export class Clocks {
  /** The window's share of all slots. */
  share: number
  /** Slots in use. */
  count = 0
  /** The hash of each slot's key. */
  hashes: Int32Array = new Int32Array(16)

  #state: Uint8Array = new Uint8Array(16)
  #words: Uint32Array = new Uint32Array(this.#state.buffer)
  #history: Uint16Array = new Uint16Array(32)
  #window = 0
  /** Slots in use when one had to leave last. */
  #limit = Number.POSITIVE_INFINITY
  #top = 0
  #windowHand = 0
  #mainHand = 0

  constructor(share: number) {
    this.share = share
  }

  grow(capacity: number): void {
    const hashes = new Int32Array(capacity)
    hashes.set(this.hashes)
    this.hashes = hashes
    const state = new Uint8Array(capacity)
    state.set(this.#state)
    this.#state = state
    this.#words = new Uint32Array(state.buffer)
    const history = new Uint16Array(capacity * 2)
    for (let at = 0; at < history.length; at += this.#history.length) history.set(this.#history, at)
    this.#history = history
  }

  add(slot: number, hash: number, sampled: boolean): void {
    const known = this.#history[hash & (this.#history.length - 1)] ?? 0
    const frequency = known >>> 4 === hash >>> 20 ? Math.min((known & FREQUENCY) + 1, FREQUENCY) : 1
    this.hashes[slot] = hash
    this.count++
    if (slot >= this.#top) this.#top = slot + 1
    const main = this.count <= this.#limit * (1 - this.share)
    if (!main) this.#window++
    this.#state[slot] = frequency | (main ? MAIN : WINDOW) | (sampled ? SAMPLED : 0)
  }

  /** Answers whether the slot was marked as sampled. */
  hit(slot: number): boolean {
    const state = this.#state[slot] ?? 0
    this.#state[slot] = (state & FREQUENCY) === FREQUENCY ? state | SEEN : (state | SEEN) + 1
    return (state & SAMPLED) !== 0
  }

  remove(slot: number): void {
    const state = this.#state[slot] ?? 0
    if (state === 0) return
    const hash = this.hashes[slot] ?? 0
    this.#history[hash & (this.#history.length - 1)] = ((hash >>> 20) << 4) | (state & FREQUENCY)
    this.#state[slot] = 0
    this.count--
    if (state & WINDOW) this.#window--
  }

  victim(keep: number): number {
    const target = Math.max(1, this.share * this.count)
    this.#limit = this.count
    for (let spare = SPARE; this.#window > target; spare--) {
      const candidate = this.#turn(this.#windowHand, WINDOW, keep)
      if (candidate < 0) break
      this.#windowHand = candidate + 1
      if (spare > 0 && this.count - this.#window < this.count - 1 - target) {
        this.#promote(candidate)
        continue
      }
      const rival = this.#turn(this.#mainHand, MAIN, keep)
      if (rival < 0) return candidate
      this.#mainHand = rival
      if (this.#frequency(candidate) <= this.#frequency(rival) + 1) return candidate
      this.#promote(candidate)
      return rival
    }
    const main = this.#turn(this.#mainHand, MAIN, keep)
    if (main < 0) return this.#turn(this.#windowHand, WINDOW, keep)
    this.#mainHand = main
    return main
  }

  /** Halves all frequencies. */
  age(): void {
    halve(this.#state, 0xf0f0f0f0, 0x07070707)
    halve(this.#history, 0xfff0fff0, 0x00070007)
  }

  #frequency(slot: number): number {
    return (this.#state[slot] ?? 0) & FREQUENCY
  }

  #promote(slot: number): void {
    this.#state[slot] = (this.#state[slot] ?? 0) ^ (WINDOW | MAIN)
    this.#window--
  }

  #turn(from: number, kind: number, keep: number): number {
    const words = this.#words
    const kinds = kind * 0x01010101
    const end = (this.#top + 3) >> 2
    let hand = from
    for (let steps = 0; ; hand++) {
      let at = hand >> 2
      let found = (words[at] ?? 0) & kinds & (-1 << ((hand & 3) << 3))
      while (found === 0) {
        if (++steps > end * 2) return -1
        if (++at >= end) at = 0
        found = (words[at] ?? 0) & kinds
      }
      hand = (at << 2) + ((31 - Math.clz32(found & -found)) >> 3)
      const state = this.#state[hand] ?? 0
      if (hand === keep) continue
      if ((state & SEEN) === 0 || steps > FAR) return hand
      this.#state[hand] = state & ~SEEN
      if (kind === WINDOW && (state & FREQUENCY) > PROMOTED) this.#promote(hand)
    }
  }
}
const PROMOTED = 3

function halve(column: Uint8Array | Uint16Array, kept: number, halved: number): void {
  const words = new Uint32Array(column.buffer)
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? 0
    words[at] = (word & kept) | ((word >>> 1) & halved)
  }
}
