import { Clocks } from './clocks.ts'
import { hashOf } from './hash-of.ts'
import type { EvictionPolicy } from './parts.ts'
import { Shadow } from './shadow.ts'

/** Shares of the window that are tried. The first is where it begins: good against loops and scans, and where few rule. */
const SHARES: readonly number[] = [0.02, 0.4, 0.95]
/** The most keys that a shadow holds, as a power of two. */
const SAMPLE_BITS = 7
/** How many times its size a cache is asked for keys before the share is chosen anew. */
const EPOCH = 3
/** By how much of what was asked another share must have done better to be taken. */
const LEAD = 0.04

/**
 * Which slot leaves when the keyspace is full.
 *
 * No fixed policy is good at everything. LRU answers nothing at all from a loop that is a little longer than the cache, and
 * forgets the hot keys in a scan. W-TinyLFU (Einziger, Friedman, Manes 2017), which lets a newcomer in only where it was
 * asked for more often than who would have to go, is the best there is for both; but where keys are asked for twice
 * within short and never again, its small window of newcomers turns them away before the second request. What sets these
 * apart is one number, the window's share of the cache: almost nothing there, almost everything here.
 *
 * So there are two groups, window and main, each with a clock hand (`Clocks`): a hit sets a bit and raises a count of
 * four bits, nothing is relinked; the hands do the rest when a slot has to be found. And there are a few shadows, caches
 * of a hundred hashes or so, each with another share, which see a small sample of the keys, the same for all of them
 * and chosen by hash, as miniature simulations do (Waldspurger, Saemundsson, Ahmad, Park 2017; for the window: Einziger,
 * Eytan, Friedman, Manes 2018). A cache scaled down with its keys has the hit ratio of the whole. From time to time the
 * share whose shadow had the most hits becomes that of the cache, and everything counted is halved, so that the past fades.
 *
 * The larger the cache, the fewer keys the shadows see: at 10,000 slots one request in 79, at a million one in 8,000.
 * There are none before the first eviction.
 */
export class Eviction implements EvictionPolicy {
  readonly #clocks = new Clocks(SHARES[0] ?? 0)
  #shadows: Shadow[] = []
  /** The shadow whose share is in use. */
  #best: Shadow | undefined
  /** One key in two to this power is in the sample. */
  #scale = 0
  /** Requests for keys of the sample in this epoch. */
  #asked = 0

  grow(capacity: number): void {
    this.#clocks.grow(capacity)
  }

  add(slot: number, key: string): void {
    const hash = hashOf(key)
    if (!this.#best) this.#rescale()
    const sampled = this.#sampled(hash)
    this.#clocks.add(slot, hash, sampled)
    if (sampled) this.#observe(hash)
  }

  hit(slot: number): void {
    if (this.#clocks.hit(slot) && this.#best) this.#observe(this.#clocks.hashes[slot] ?? 0)
  }

  remove(slot: number): void {
    this.#clocks.remove(slot)
  }

  victim(keep: number): number {
    if (!this.#best) {
      this.#shadows = SHARES.map((share) => new Shadow(share, 1 << SAMPLE_BITS))
      this.#best = this.#shadows[0]
    }
    this.#rescale()
    return this.#clocks.victim(keep)
  }

  /** Of so many slots, the sample is to fill a shadow at least by half. One of them is new and has none to spare for it. */
  #rescale(): void {
    this.#scale = 32 - Math.clz32(Math.max(this.#clocks.count - 2, 0) >>> SAMPLE_BITS)
  }

  #sampled(hash: number): boolean {
    return ((Math.imul(hash, 0x9e3779b1) >>> 12) & ((1 << this.#scale) - 1)) === 0
  }

  #observe(hash: number): void {
    // The slot may have been marked when there were fewer, and more keys in the sample.
    if (!this.#best || !this.#sampled(hash)) return
    const size = Math.min(Math.max(this.#clocks.count >>> this.#scale, 1), 1 << SAMPLE_BITS)
    for (const shadow of this.#shadows) shadow.ask(hash, size)
    if (++this.#asked >= EPOCH * size) this.#choose(this.#best)
  }

  #choose(before: Shadow): void {
    const best = this.#shadows.reduce((best, shadow) => (shadow.hits > best.hits ? shadow : best))
    if (best.hits > before.hits + LEAD * this.#asked) {
      this.#best = best
      this.#clocks.share = best.clocks.share
    }
    this.#asked = 0
    this.#clocks.age()
    for (const shadow of this.#shadows) shadow.age()
  }
}
