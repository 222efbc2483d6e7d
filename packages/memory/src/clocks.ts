import { grown } from './grown.ts'

// The state of a slot, one byte; that of a free one is 0.
/** How often it was asked for, up to 15. */
const FREQUENCY = 15
/** Asked for since the hand was here. */
const SEEN = 16
const WINDOW = 32
const MAIN = 64
const SAMPLED = 128

/** Who was asked for more often than this goes from the window to main without a contest. */
const PROVEN = 3
/** Slots that leave a window which has become too large for each slot that has to go. */
const SPARE = 4
/** Slots after which a hand takes what it meets, so that none is long on its way where all were seen. */
const FAR = 65_536

/**
 * Two clocks over the same slots. A hand goes round those of its group in the order of their numbers, takes the mark from
 * who was seen since it last came by, and stops at the first without (Corbató 1968). Newcomers are in the window. When a
 * slot has to go and the window has its share, the one at its hand, the candidate, meets the one at main's hand: who was
 * asked for more often is in main from now on, and the other goes (TinyLFU: Einziger, Friedman, Manes 2017). The candidate
 * has to be two ahead: one is the request that brought it, which its rival may be about to get, as in a loop it is. Who
 * is hit again and again in the window needs no contest, as in S3-FIFO (Yang and others 2023).
 *
 * How often a key was asked for is remembered when it goes, by a fingerprint in a table of two places for each slot where
 * a newer one takes the place of an older.
 */
export class Clocks {
  /** The window's share of the slots in use, from 0 to 1. */
  share: number
  /** Slots in use. */
  count = 0
  /** The hash of each slot's key. */
  hashes: Int32Array = new Int32Array(16)

  #states: Uint8Array = new Uint8Array(16)
  /** The states, four at once. */
  #words: Int32Array = new Int32Array(this.#states.buffer)
  /** Twelve bits of a hash and four of frequency, at the place that other bits of the hash tell. */
  #history: Uint16Array = new Uint16Array(32)
  /** Slots of the window. */
  #window = 0
  /** How many slots main may have before newcomers go to the window: all of them as long as none had to leave. */
  #room = Number.POSITIVE_INFINITY
  /** All slots in use are below this one, which is a multiple of 4. */
  #top = 0
  #windowHand = 0
  #mainHand = 0

  constructor(share: number) {
    this.share = share
  }

  /** Makes room for the slots below the capacity: a power of two, 16 at least. Forgets those that are gone. */
  grow(capacity: number): void {
    this.hashes = grown(this.hashes, new Int32Array(capacity))
    this.#states = grown(this.#states, new Uint8Array(capacity))
    this.#words = new Int32Array(this.#states.buffer)
    this.#history = new Uint16Array(2 * capacity)
  }

  add(slot: number, hash: number, sampled: boolean): void {
    const known = this.#history[hash & (this.#history.length - 1)] ?? 0
    const frequency = known >>> 4 === hash >>> 20 ? Math.min((known & FREQUENCY) + 1, FREQUENCY) : 1
    this.hashes[slot] = hash
    const group = ++this.count > this.#room ? WINDOW : MAIN
    if (group === WINDOW) this.#window++
    this.#states[slot] = frequency | group | (sampled ? SAMPLED : 0)
    if (slot >= this.#top) this.#top = (slot | 3) + 1
  }

  /** Answers whether the slot is marked as one of the sample. */
  hit(slot: number): boolean {
    const state = this.#states[slot] ?? 0
    this.#states[slot] = (state & FREQUENCY) === FREQUENCY ? state | SEEN : (state | SEEN) + 1
    return state >= SAMPLED
  }

  remove(slot: number): void {
    const state = this.#states[slot] ?? 0
    if (state === 0) return
    const hash = this.hashes[slot] ?? 0
    this.#history[hash & (this.#history.length - 1)] = ((hash >>> 20) << 4) | (state & FREQUENCY)
    this.#states[slot] = 0
    this.count--
    if (state & WINDOW) this.#window--
  }

  /** The slot that should leave, any but `keep`, -1 where there is no other. Amortized O(1 / smaller share). */
  victim(keep: number): number {
    const target = Math.max(1, this.share * this.count)
    this.#room = this.count - target
    for (let spare = SPARE; this.#window > target; ) {
      const candidate = this.#turn(this.#windowHand, WINDOW, keep)
      if (candidate < 0) break
      this.#windowHand = candidate + 1
      if (this.count - this.#window < this.#room - 1 && spare-- > 0) {
        this.#promote(candidate)
        continue
      }
      const rival = this.#turn(this.#mainHand, MAIN, keep)
      if (rival < 0) return candidate
      this.#mainHand = rival
      if (this.#frequency(candidate) < this.#frequency(rival) + 2) return candidate
      this.#promote(candidate)
      return rival
    }
    let slot = this.#turn(this.#mainHand, MAIN, keep)
    if (slot < 0) slot = this.#turn(this.#windowHand, WINDOW, keep)
    // The last of the window may have gone to main when the hand came to it.
    if (slot < 0) slot = this.#turn(this.#mainHand, MAIN, keep)
    if (slot >= 0) this.#mainHand = slot
    return slot
  }

  /** Halves all frequencies, of those that are gone too. */
  age(): void {
    halve(this.#words, 0x07070707, 0xf0f0f0f0)
    halve(new Int32Array(this.#history.buffer), 0x00070007, 0xfff0fff0)
  }

  #frequency(slot: number): number {
    return (this.#states[slot] ?? 0) & FREQUENCY
  }

  #promote(slot: number): void {
    this.#states[slot] = (this.#states[slot] ?? 0) ^ (WINDOW | MAIN)
    this.#window--
  }

  /** The next slot of the group that was not seen since the hand was there, from this one on; -1 without any. */
  #turn(from: number, group: number, keep: number): number {
    const states = this.#states
    const words = this.#words
    const groups = group * 0x01010101
    const top = this.#top
    const end = top >> 2
    // Twice round at most: the first time takes the marks away.
    for (let hand = from, passed = 0; passed < 2 * top; hand++, passed++) {
      if (hand >= top) hand = 0
      if (((words[hand >> 2] ?? 0) & groups) === 0) {
        // Where the group is a few among many, the hand spends most of its time here.
        let word = (hand >> 2) + 1
        while (word < end && ((words[word] ?? 0) & groups) === 0) word++
        passed += 4 * word - 1 - hand
        hand = 4 * word - 1
        continue
      }
      const state = states[hand] ?? 0
      if ((state & group) === 0 || hand === keep) continue
      if ((state & SEEN) === 0 || passed > FAR) return hand
      states[hand] = state & ~SEEN
      if (group === WINDOW && (state & FREQUENCY) > PROVEN) this.#promote(hand)
    }
    return -1
  }
}

/** Halves the numbers in the words; the masks say which bits are left of them, and which are something else. */
function halve(words: Int32Array, halves: number, others: number): void {
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? 0
    words[at] = ((word >>> 1) & halves) | (word & others)
  }
}
