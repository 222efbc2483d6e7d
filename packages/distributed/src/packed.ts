import type { LogEntry } from './log-entry.ts'
import { readEntries, writeEntries } from './wire/log-entries.ts'
import { Reader } from './wire/reader.ts'
import type { Writer } from './wire/writer.ts'

/**
 * Entries of one term as the bytes that they are on the wire. A log keeps millions of small objects otherwise, which the
 * garbage collector moves and marks again and again: that would take longer than to write and to replicate them.
 */
export class Packed {
  readonly term: number
  readonly first: number
  readonly last: number
  readonly #bytes: Buffer

  constructor(writer: Writer, term: number, first: number, entries: readonly LogEntry[]) {
    this.term = term
    this.first = first
    this.last = first + entries.length - 1
    writeEntries(writer, entries)
    this.#bytes = writer.finish()
  }

  /** O(entries). */
  entries(): LogEntry[] {
    return readEntries(new Reader(this.#bytes))
  }
}
