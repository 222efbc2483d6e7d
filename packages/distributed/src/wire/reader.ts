import { isUtf8 } from 'node:buffer'
import { tag } from './tag.ts'
import { WireError } from './wire-error.ts'

/** Reads what `Writer` wrote, and believes nothing. Every method throws WireError `TRUNCATED` or `MALFORMED`. */
export class Reader {
  readonly #bytes: Buffer
  #at = 0
  #recurring: string | undefined

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  get left(): number {
    return this.#bytes.length - this.#at
  }

  byte(): number {
    const byte = this.#bytes[this.#at]
    if (byte === undefined) throw new WireError('TRUNCATED', 'the bytes end within a message')
    this.#at++
    return byte
  }

  /** The next byte, which stays. */
  peek(): number {
    const byte = this.byte()
    this.#at--
    return byte
  }

  count(): number {
    let value = 0
    let weight = 1
    for (let place = 0; place < 8; place++) {
      const byte = this.byte()
      value += (byte & 0x7f) * weight
      if (byte >= 0x80) weight *= 0x80
      else if (Number.isSafeInteger(value)) return value
      else break
    }
    throw new WireError('MALFORMED', 'a whole number beyond 2^53')
  }

  /** How many follow: no more than there are bytes, so that nobody is made to reserve more than was sent. */
  many(): number {
    const many = this.count()
    if (many > this.left)
      throw new WireError('TRUNCATED', `${many} are announced, but only ${this.left} bytes are left`)
    return many
  }

  number(): number {
    const form = this.byte()
    if (form >= tag.small) return form - tag.small
    if (form === tag.positive) return this.count()
    if (form === tag.negative) return -this.count()
    if (form !== tag.double) throw unknownForm('number', form)
    const start = this.#take(8)
    return this.#bytes.readDoubleLE(start)
  }

  text(): string {
    const form = this.byte()
    if (form >= tag.shortText && form < tag.small) return this.#text('latin1', form - tag.shortText)
    if (form === tag.latin1) return this.#text('latin1', this.many())
    if (form === tag.utf16) return this.#text('utf16le', this.many())
    if (form !== tag.utf8) throw unknownForm('text', form)
    return this.#text('utf8', this.many())
  }

  /** So many bytes, which stay where they are. */
  bytes(length: number): Buffer {
    const start = this.#take(length)
    return this.#bytes.subarray(start, this.#at)
  }

  recurring(): string {
    if (this.peek() !== tag.again) {
      this.#recurring = this.text()
      return this.#recurring
    }
    this.byte()
    if (this.#recurring === undefined)
      throw new WireError('MALFORMED', 'a text is to come again that never came')
    return this.#recurring
  }

  #text(encoding: BufferEncoding, length: number): string {
    const start = this.#take(length)
    const isWhole = encoding === 'latin1' || (encoding === 'utf16le' ? length % 2 === 0 : this.#isUtf8(start))
    if (!isWhole) throw new WireError('MALFORMED', `a text that is not ${encoding}`)
    return this.#bytes.toString(encoding, start, this.#at)
  }

  #isUtf8(start: number): boolean {
    return isUtf8(this.#bytes.subarray(start, this.#at))
  }

  /** Passes so many bytes; answers where they begin. */
  #take(length: number): number {
    if (length > this.left)
      throw new WireError('TRUNCATED', `${length} bytes are announced, but only ${this.left} are left`)
    this.#at += length
    return this.#at - length
  }
}

function unknownForm(wanted: string, form: number): WireError {
  return new WireError('MALFORMED', `a ${wanted} is wanted, found the form 0x${form.toString(16)}`)
}
