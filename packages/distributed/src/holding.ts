import type { Entry } from '@jcache/driver'
import type { Value } from '@jcache/memory'
import type { Piece } from './data.ts'

/** Bytes that a key or a part of a collection takes beside its characters. */
const HEAD = 16
/** Characters of a part of a text: few are longer. */
const PART = 1 << 16

/** A key that is handed out piece by piece, since a collection or a text may be too large to go at once. */
export class Holding {
  readonly key: string
  readonly #value: Value | undefined
  readonly #expiresAt: number | null
  readonly #size: number
  /** Bytes of a part, on average. */
  readonly #each: number
  #next = 0
  /** What was not handed out yet when the collection was about to change. */
  #frozen: Entry['value'] | undefined

  /** What the key holds, undefined where it is no more; when it expires, 0 for never. */
  constructor(key: string, value: Value | undefined, expiresAt: number) {
    this.key = key
    this.#value = value
    this.#expiresAt = expiresAt || null
    const isText = typeof value !== 'object'
    const chars = isText ? (value?.length ?? 0) : value.chars
    this.#size = isText ? Math.ceil(chars / PART) || 1 : value.size
    this.#each = HEAD + chars / this.#size
  }

  get isOver(): boolean {
    return this.#next >= this.#size
  }

  /** The next piece, of about so many bytes but one part at least; and how many it has. */
  next(bytes: number): readonly [Piece, bytes: number] {
    const start = this.#next
    const end = Math.min(this.#size, start + Math.max(1, Math.floor(bytes / this.#each)))
    this.#next = end
    return [
      [this.key, this.#entry(start, end), start > 0],
      HEAD + this.key.length + (end - start) * this.#each,
    ]
  }

  /** Keeps what is still to be handed out as it is now. O(n). */
  freeze(): void {
    if (typeof this.#value === 'object') this.#frozen = this.#value.dump(this.#next)
  }

  #entry(start: number, end: number): Entry | null {
    const value = this.#value
    if (value === undefined) return null
    const isText = typeof value === 'string'
    const left = this.#size - (this.#frozen?.length ?? 0)
    const content = isText
      ? value.slice(start * PART, end * PART)
      : (this.#frozen?.slice(start - left, end - left) ?? value.dump(start, end))
    // Which content goes with which type is the collection's word.
    return { type: isText ? 'string' : value.type, value: content, expiresAt: this.#expiresAt } as Entry
  }
}
