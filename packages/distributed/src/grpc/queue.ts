import { PART, TOLD } from './ground.ts'

/** Bytes of large messages that may be on their way: what is urgent waits behind no more than these. */
const PIECES = 4 * PART

/** Bytes above which a message is a large one; what is said in one turn is less, unless one thing in it is large. */
export const LARGE: number = 2 * PART

interface Part {
  readonly bytes: Buffer
  /** How many bytes of the same message come after it. */
  readonly left: number
  /** What the message is about, if it is a large one. */
  readonly large: readonly string[] | undefined
}

/** What one stream is to carry, in parts, and how much is on its way: said, and not read yet as far as the peer has told. */
export class Queue {
  waitingBytes = 0
  /** Whether a message has begun and is to be continued. */
  isWithin = false
  #waiting: Part[] = []
  #sent = 0
  #read = 0
  /** Where in the stream the last piece of a large message ends. */
  #piece = 0
  /** What large messages are about that are not read yet, and where in the stream they end. */
  readonly #large = new Map<string, number>()

  get inFlight(): number {
    return this.#sent - this.#read
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0
  }

  /** Bytes that wait, without those of a large message that is next: whatever its size, it had to be taken. */
  get behind(): number {
    const [next] = this.#waiting
    return this.waitingBytes - (next?.large ? next.bytes.length + next.left : 0)
  }

  /** Whether large messages are not read yet. */
  get hasLarge(): boolean {
    return this.#large.size > 0
  }

  /** Whether it was added in a large message that is not read yet. */
  isUnderWay(about: string): boolean {
    return this.#large.has(about)
  }

  add(bytes: Buffer, about: readonly string[]): void {
    const large = bytes.length > LARGE ? about : undefined
    this.waitingBytes += bytes.length
    for (let at = 0; at < bytes.length; at += PART) {
      const part = bytes.subarray(at, at + PART)
      this.#waiting.push({ bytes: part, left: bytes.length - at - part.length, large })
    }
    for (const each of large ?? []) this.#large.set(each, Number.POSITIVE_INFINITY)
  }

  /** What may go now: before each part `isWithin` tells of the one before. */
  *take(window: number): Generator<Part> {
    let taken = 0
    for (const part of this.#waiting) {
      if (!this.#hasRoom(part, window)) break
      yield part
      taken++
      this.count(part.bytes)
      this.waitingBytes -= part.bytes.length
      this.isWithin = part.left > 0
      if (part.large) this.#piece = this.#sent
      if (!this.isWithin) for (const each of part.large ?? []) this.#large.set(each, this.#sent)
    }
    if (taken > 0) this.#waiting = this.#waiting.slice(taken)
  }

  /** These are on their way. */
  count(bytes: Buffer): void {
    this.#sent += bytes.length
  }

  /** The peer has read so many bytes in all. */
  heard(bytes: number): void {
    this.#read = Math.min(bytes, this.#sent)
    for (const [each, end] of this.#large) if (end <= this.#read) this.#large.delete(each)
  }

  #hasRoom({ bytes, large }: Part, window: number): boolean {
    const after = this.inFlight + bytes.length
    // Pieces are told as they are read; of anything else, of less than that it may have read all, and be silent.
    if (large && this.#piece > this.#read && after > PIECES) return false
    return this.inFlight < window * TOLD || after <= window
  }
}
