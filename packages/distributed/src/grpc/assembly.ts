import type { Frame } from '../gen/jcache/v1/peers.ts'

/** Puts messages together from their parts, which come one after the other; small ones may come aside, between those. */
export class Assembly {
  readonly #most: number
  #parts: Buffer[] = []
  #bytes = 0
  #left = 0

  /** Refuses messages of more bytes. */
  constructor(most: number) {
    this.#most = most
  }

  /** The message if this was its last part, null if there is more to come. */
  add({ bytes, left, aside }: Frame): Buffer | null | 'too-large' | 'out-of-place' {
    if (this.#bytes + bytes.length + left > this.#most) return 'too-large'
    const isWithin = this.#bytes > 0
    if (aside ? left > 0 : isWithin && bytes.length + left !== this.#left) return 'out-of-place'
    if (aside || (left === 0 && !isWithin)) return bytes
    this.#parts.push(bytes)
    this.#bytes += bytes.length
    this.#left = left
    if (left > 0) return null
    const whole = Buffer.concat(this.#parts, this.#bytes)
    this.#parts = []
    this.#bytes = 0
    return whole
  }
}
