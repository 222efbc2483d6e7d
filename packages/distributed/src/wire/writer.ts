import { tag } from './tag.ts'

const SLAB = 1 << 20
/** The first ones are small: many a writer writes little. */
const FIRST = 4 << 10

/**
 * Writes one parcel after the other. Their bytes are stretches of large slabs, since asking for memory costs more than
 * filling it; they are never written again.
 */
export class Writer {
  #slab: Buffer = Buffer.allocUnsafeSlow(0)
  #start = 0
  #at = 0
  #recurring: string | undefined

  /** Bytes of the parcel so far. */
  get length(): number {
    return this.#at - this.#start
  }

  /** The bytes since the last call. */
  finish(): Buffer {
    const bytes = this.#slab.subarray(this.#start, this.#at)
    this.#start = this.#at
    this.#recurring = undefined
    // One that was made for a large parcel is not kept for the small ones.
    if (this.#slab.length > SLAB) this.#reset(Buffer.alloc(0))
    return bytes
  }

  /** Takes back what was written since the length was so much; the parcel goes on. */
  rewind(length: number): void {
    this.#at = this.#start + length
  }

  /** Takes back the parcel. */
  abandon(): void {
    this.#at = this.#start
    this.#recurring = undefined
    if (this.#slab.length > SLAB) this.#reset(Buffer.alloc(0))
  }

  byte(value: number): void {
    if (this.#at === this.#slab.length) this.#grow(1)
    this.#slab[this.#at++] = value
  }

  /** A whole number from 0 to 2^53, in sevenths: seven bits to a byte, the lowest first. */
  count(value: number): void {
    if (this.#slab.length - this.#at < 8) this.#grow(8)
    const slab = this.#slab
    let rest = value
    while (rest >= 0x80000000) {
      slab[this.#at++] = (rest % 0x80) | 0x80
      rest = Math.floor(rest / 0x80)
    }
    while (rest >= 0x80) {
      slab[this.#at++] = (rest & 0x7f) | 0x80
      rest >>>= 7
    }
    slab[this.#at++] = rest
  }

  number(value: number): void {
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) {
      if (this.#slab.length - this.#at < 9) this.#grow(9)
      this.#slab[this.#at] = tag.double
      this.#slab.writeDoubleLE(value, this.#at + 1)
      this.#at += 9
    } else if (value < 0) {
      this.byte(tag.negative)
      this.count(-value)
    } else if (value < 0x80) this.byte(tag.small | value)
    else {
      this.byte(tag.positive)
      this.count(value)
    }
  }

  text(value: string): void {
    const { length } = value
    if (length >= 64 || !this.#short(value, length)) this.#long(value)
  }

  /** A text that is mostly the same in all messages of a parcel. */
  recurring(value: string): void {
    if (value === this.#recurring) this.byte(tag.again)
    else {
      this.#recurring = value
      this.text(value)
    }
  }

  bytes(bytes: Buffer): void {
    if (this.#slab.length - this.#at < bytes.length) this.#grow(bytes.length)
    bytes.copy(this.#slab, this.#at)
    this.#at += bytes.length
  }

  /** Whether it could be written a byte for a character. Faster than any call out of JavaScript. */
  #short(value: string, length: number): boolean {
    if (this.#slab.length - this.#at <= length) this.#grow(length + 1)
    const slab = this.#slab
    const start = this.#at + 1
    for (let place = 0; place < length; place++) {
      const code = value.charCodeAt(place)
      if (code > 0xff) return false
      slab[start + place] = code
    }
    slab[this.#at] = tag.shortText | length
    this.#at = start + length
    return true
  }

  #long(value: string): void {
    const length = Buffer.byteLength(value)
    const isPlain = length === value.length
    // With the flag u, only half a pair is a surrogate.
    if (!isPlain && /\p{Surrogate}/u.test(value)) this.#encoded(tag.utf16, value, value.length * 2, 'utf16le')
    else if (isPlain) this.#encoded(tag.latin1, value, length, 'latin1')
    else this.#encoded(tag.utf8, value, length, 'utf8')
  }

  #encoded(form: number, value: string, length: number, encoding: BufferEncoding): void {
    this.byte(form)
    this.count(length)
    if (this.#slab.length - this.#at < length) this.#grow(length)
    this.#slab.write(value, this.#at, length, encoding)
    this.#at += length
  }

  /** Goes on in another slab, with the parcel's bytes so far. */
  #grow(room: number): void {
    const { length } = this
    const usual = Math.min(SLAB, Math.max(FIRST, 4 * this.#slab.length))
    // A little more than a large text takes: what comes after it is little.
    const slab = Buffer.allocUnsafeSlow(Math.max(usual, 2 * length, length + room + FIRST))
    this.#slab.copy(slab, 0, this.#start, this.#at)
    this.#reset(slab, length)
  }

  #reset(slab: Buffer, length = 0): void {
    this.#slab = slab
    this.#start = 0
    this.#at = length
  }
}
