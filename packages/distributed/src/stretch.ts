import type { LogEntry } from './log-entry.ts'
import { type Read, readEntries, writeEntries } from './wire/log-entries.ts'
import { Reader } from './wire/reader.ts'
import { Writer } from './wire/writer.ts'

/**
 * Entries of a log that follow one another, as bytes: written once, by the leader as it executes, they are what lies in its
 * log, what goes to every follower, and what lies in theirs.
 */
export class Stretch {
  /** No entries. */
  static readonly none: Stretch = new Stretch(1, 0, Buffer.alloc(0))
  /** The offset of the first entry. */
  readonly first: number
  readonly length: number
  readonly bytes: Buffer
  #read: Read | undefined

  constructor(first: number, length: number, bytes: Buffer) {
    this.first = first
    this.length = length
    this.bytes = bytes
  }

  /** @throws WireError `UNENCODABLE`, `TOO_DEEP`. */
  static of(entries: readonly LogEntry[]): Stretch {
    const [first] = entries
    if (!first) return Stretch.none
    const writer = new Writer()
    writeEntries(writer, entries)
    return new Stretch(first.offset, entries.length, writer.finish())
  }

  /** Itself, if the bytes are what they should be. O(bytes). @throws WireError `TRUNCATED`, `MALFORMED`, `TOO_DEEP`. */
  checked(): this {
    void this.#all
    return this
  }

  /** O(bytes), the first time. */
  get entries(): readonly LogEntry[] {
    return this.#all.entries
  }

  /** Where each entry ends in the bytes. O(bytes), the first time. */
  get ends(): readonly number[] {
    return this.#all.ends
  }

  get #all(): Read {
    this.#read ??= readEntries(new Reader(this.bytes), this.first, this.length)
    return this.#read
  }
}

/** The stretches from the one place to below the other, which lie side by side, as one. */
export function joined(stretches: readonly Stretch[], at: number, end: number): Stretch {
  const first = stretches[at]
  const last = stretches[end - 1]
  if (!first || !last) return Stretch.none
  // Another, also of one: whatever reads the entries keeps them to itself.
  if (first === last) return new Stretch(first.first, first.length, first.bytes)
  const { buffer, byteOffset } = first.bytes
  const bytes = Buffer.from(buffer, byteOffset, last.bytes.byteOffset + last.bytes.length - byteOffset)
  return new Stretch(first.first, last.first + last.length - first.first, bytes)
}

/** Whether the bytes of the one end where those of the other begin. */
export function touches(one: Stretch | undefined, other: Stretch): boolean {
  return (
    one !== undefined &&
    one.bytes.buffer === other.bytes.buffer &&
    one.bytes.byteOffset + one.bytes.length === other.bytes.byteOffset
  )
}
