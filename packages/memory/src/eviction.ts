import { Clocks } from './clocks.ts'
import { hashOf } from './hash-of.ts'
import { Shadow } from './shadow.ts'

const SHARES = [0.02, 0.4, 0.95]
const SAMPLE_BITS = 7
const EPOCH = 3
const MARGIN = 0.04

export class Eviction {
  readonly #clocks = new Clocks(SHARES[0] ?? 0)
  #shadows: Shadow[] = []
  #best = 0
  #asked = 0
  #scale = 0

  grow(capacity: number): void {
    this.#clocks.grow(capacity)
  }

  add(slot: number, key: string): void {
    const hash = hashOf(key)
    this.#clocks.add(slot, hash, this.#sampled(hash))
    this.#observe(hash)
  }

  hit(slot: number): void {
    if (this.#clocks.hit(slot)) this.#observe(this.#clocks.hashes[slot] ?? 0)
  }

  remove(slot: number): void {
    this.#clocks.remove(slot)
  }

  victim(keep = -1): number {
    if (this.#shadows.length === 0) this.#shadows = SHARES.map((share) => new Shadow(share, 1 << SAMPLE_BITS))
    this.#scale = 32 - Math.clz32(Math.max(this.#clocks.count - 2, 0) >>> SAMPLE_BITS)
    return this.#clocks.victim(keep)
  }

  #sampled(hash: number): boolean {
    return ((Math.imul(hash, 0x9e3779b1) >>> 12) & ((1 << this.#scale) - 1)) === 0
  }

  #observe(hash: number): void {
    if (this.#shadows.length === 0 || !this.#sampled(hash)) return
    const size = Math.min(Math.max(this.#clocks.count >>> this.#scale, 1), 1 << SAMPLE_BITS)
    for (const shadow of this.#shadows) shadow.ask(hash, size)
    if (++this.#asked < EPOCH * size) return
    let best = this.#best
    this.#shadows.forEach(({ hits }, at) => {
      if (hits > (this.#shadows[best]?.hits ?? 0)) best = at
    })
    if ((this.#shadows[best]?.hits ?? 0) > (this.#shadows[this.#best]?.hits ?? 0) + MARGIN * this.#asked) {
      this.#best = best
      this.#clocks.share = SHARES[best] ?? 0
    }
    this.#asked = 0
    this.#clocks.age()
    for (const shadow of this.#shadows) {
      shadow.hits /= 2
      shadow.clocks.age()
    }
  }
}
