import type { Frame } from '../gen/jcache/v1/peers.ts'

/** Puts messages together from their parts, which come one after the other. */
export class Assembly {
  readonly #most: number
  #parts: Buffer[] = []
  #bytes = 0

  /** Refuses messages of more bytes. */
  constructor(most: number) {
    this.#most = most
  }

  /** The message if this was its last part, null if there is more to come. */
  add({ bytes, left }: Frame): Buffer | null | 'too-large' {
    if (this.#bytes + bytes.length + left > this.#most) return 'too-large'
    if (left === 0 && this.#bytes === 0) return bytes
    this.#parts.push(bytes)
    this.#bytes += bytes.length
    if (left > 0) return null
    const whole = Buffer.concat(this.#parts, this.#bytes)
    this.#parts = []
    this.#bytes = 0
    return whole
  }
}
