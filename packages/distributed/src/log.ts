import type { Operation } from './data.ts'
import type { RequestId } from './request.ts'

/** One write, which happens as a whole, or the beginning of a term, which has no operations. */
export interface LogEntry {
  readonly term: number
  readonly offset: number
  /** The leader's time, never before that of the entry before it. */
  readonly time: number
  readonly operations: readonly Operation[]
  /** The call it came from; null at the beginning of a term. */
  readonly id: RequestId | null
  /** The lowest number of that origin's calls that is still open: below it nothing is asked again. */
  readonly floor: number
  readonly bytes: number
}

/** A stretch of the log that one leader wrote, ends included. */
export interface Span {
  readonly term: number
  readonly start: number
  readonly end: number
}

/**
 * The newest entries, as many as fit: `base` stands for all before them. Entries with equal term and offset are the same,
 * and so is all before them: a leader writes each offset once, and nobody appends but to what stood before it there.
 */
export class Log {
  #base = { offset: 0, term: 0 }
  #entries: LogEntry[] = []
  /** By entry: the digest of the data after it, undefined until it is applied. */
  #digests: (number | undefined)[] = []
  /** How many of the entries in front are forgotten already. */
  #head = 0
  /** Bytes of all entries ever appended, by entry. */
  #ends: number[] = []
  #forgotten = 0

  /** The offset before the first entry that is still here. */
  get base(): number {
    return this.#base.offset
  }

  get last(): number {
    return this.#base.offset + this.#entries.length - this.#head
  }

  get lastTerm(): number {
    return this.#entries.length > this.#head ? (this.#entries.at(-1)?.term ?? 0) : this.#base.term
  }

  /** Bytes of the entries that are here. */
  get bytes(): number {
    return this.end(this.last) - this.#forgotten
  }

  append(entry: LogEntry): void {
    this.#ends.push(this.end(this.last) + entry.bytes)
    this.#entries.push(entry)
    this.#digests.push(undefined)
  }

  get(offset: number): LogEntry | undefined {
    return offset > this.base ? this.#entries[this.#place(offset)] : undefined
  }

  /** The term of the entry, undefined where it is not here. */
  termAt(offset: number): number | undefined {
    return offset === this.base ? this.#base.term : this.get(offset)?.term
  }

  /** Where the entry ends, in bytes since the log began; the base's end for what is not here. */
  end(offset: number): number {
    return offset > this.base ? (this.#ends[this.#place(offset)] ?? this.#forgotten) : this.#forgotten
  }

  /** The entries after the offset, of at most so many bytes, but one at least where there is one. O(entries answered). */
  after(offset: number, bytes: number): LogEntry[] {
    const found: LogEntry[] = []
    for (let at = offset + 1, room = bytes; at <= this.last; at++) {
      const entry = this.get(at)
      if (!entry || (found.length > 0 && entry.bytes > room)) break
      room -= entry.bytes
      found.push(entry)
    }
    return found
  }

  digestAt(offset: number): number | undefined {
    return offset > this.base ? this.#digests[this.#place(offset)] : undefined
  }

  setDigest(offset: number, digest: number): void {
    if (offset > this.base) this.#digests[this.#place(offset)] = digest
  }

  /** Takes back all after the offset. */
  truncate(offset: number): void {
    const length = Math.max(this.#head, this.#place(offset) + 1)
    this.#entries.length = length
    this.#ends.length = length
    this.#digests.length = length
  }

  /** Forgets the oldest entries until the others fit, but none after the offset. */
  trim(bytes: number, upTo: number): void {
    while (this.bytes > bytes && this.base < upTo) {
      const entry = this.get(this.base + 1)
      if (!entry) return
      this.#forgotten = this.end(entry.offset)
      this.#base = { offset: entry.offset, term: entry.term }
      this.#head++
    }
    // Moving the others is paid for by those that went.
    if (this.#head < 64 || this.#head * 2 < this.#entries.length) return
    this.#entries.splice(0, this.#head)
    this.#ends.splice(0, this.#head)
    this.#digests.splice(0, this.#head)
    this.#head = 0
  }

  /** Forgets everything: the log begins after this offset. */
  reset(offset: number, term: number): void {
    this.#base = { offset, term }
    this.#entries = []
    this.#digests = []
    this.#ends = []
    this.#head = 0
    this.#forgotten = 0
  }

  /** Who wrote what, oldest first; the first stretch begins with the base. O(entries), asked once for each new stream. */
  spans(): Span[] {
    const spans: Span[] = []
    let open = { term: this.#base.term, start: this.base, end: this.base }
    for (let offset = this.base + 1; offset <= this.last; offset++) {
      const term = this.termAt(offset) ?? 0
      if (term !== open.term) {
        spans.push(open)
        open = { term, start: offset, end: offset }
      } else open.end = offset
    }
    return [...spans, open]
  }

  #place(offset: number): number {
    return offset - this.base - 1 + this.#head
  }
}

/** The last offset up to which two logs are the same, undefined where that is not told by what is here. */
export function commonPoint(ours: readonly Span[], theirs: readonly Span[]): number | undefined {
  for (const { term, start, end } of theirs.toReversed()) {
    const same = ours.find((span) => span.term === term)
    const common = same && Math.min(end, same.end)
    if (common !== undefined && common >= Math.max(start, same?.start ?? 0)) return common
  }
  return undefined
}
