import type { LogEntry } from './log-entry.ts'
import { Packed } from './packed.ts'
import { Writer } from './wire/writer.ts'

/** So many entries, or entries of so many bytes, are packed together. */
const MANY = 256
const LARGE = 64 << 10

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
  #base = 0
  #baseTerm = 0
  #packed: Packed[] = []
  /** Of these, what was wanted last. */
  #opened: { readonly packed: Packed; readonly entries: readonly LogEntry[] } | null = null
  /** The offset before the first that is not packed. */
  #packedTo = 0
  #entries: LogEntry[] = []
  readonly #writer = new Writer()
  /** By entry: the digest of the data after it, NaN until it is applied. */
  #digests: number[] = []
  /** Bytes of all entries ever appended, by entry. */
  #ends: number[] = []
  /** How many of the digests and ends in front are forgotten already. */
  #head = 0
  #forgotten = 0

  /** The offset before the first entry that is still here. */
  get base(): number {
    return this.#base
  }

  get last(): number {
    return this.#packedTo + this.#entries.length
  }

  get lastTerm(): number {
    return this.termAt(this.last) ?? 0
  }

  /** Bytes of the entries that are here. */
  get bytes(): number {
    return this.end(this.last) - this.#forgotten
  }

  append(entry: LogEntry): void {
    this.#ends.push(this.end(this.last) + entry.bytes)
    this.#digests.push(Number.NaN)
    this.#entries.push(entry)
  }

  get(offset: number): LogEntry | undefined {
    if (offset > this.#packedTo) return this.#entries[offset - this.#packedTo - 1]
    const packed = this.#packOf(offset)
    if (!packed) return undefined
    if (this.#opened?.packed !== packed) this.#opened = { packed, entries: packed.entries() }
    return this.#opened.entries[offset - packed.first]
  }

  /** The term of the entry, undefined where it is not here. */
  termAt(offset: number): number | undefined {
    if (offset > this.#packedTo) return this.#entries[offset - this.#packedTo - 1]?.term
    return offset === this.#base ? this.#baseTerm : this.#packOf(offset)?.term
  }

  /** Where the entry ends, in bytes since the log began; the base's end for what is not here. */
  end(offset: number): number {
    return offset > this.#base ? (this.#ends[this.#place(offset)] ?? this.#forgotten) : this.#forgotten
  }

  /** The entries after the offset, of at most so many bytes, but one at least unless that is nothing. O(entries answered). */
  after(offset: number, bytes: number): LogEntry[] {
    const found: LogEntry[] = []
    for (let at = offset + 1, room = bytes; bytes > 0 && at <= this.last; at++) {
      const entry = this.get(at)
      if (!entry || (found.length > 0 && entry.bytes > room)) break
      room -= entry.bytes
      found.push(entry)
    }
    return found
  }

  digestAt(offset: number): number | undefined {
    const digest = offset > this.#base ? this.#digests[this.#place(offset)] : undefined
    return Number.isNaN(digest) ? undefined : digest
  }

  setDigest(offset: number, digest: number): void {
    if (offset > this.#base) this.#digests[this.#place(offset)] = digest
  }

  /** Takes back all after the offset; none of those was ever to be trimmed. */
  truncate(offset: number): void {
    const to = Math.max(offset, this.#packedTo)
    this.#entries.length = to - this.#packedTo
    this.#ends.length = this.#place(to) + 1
    this.#digests.length = this.#place(to) + 1
  }

  /** Forgets the oldest entries until the others fit, but none after the offset: these may still be taken back. */
  trim(bytes: number, upTo: number): void {
    this.#pack(Math.min(upTo, this.last))
    let base = this.#base
    while (this.end(this.last) - this.end(base) > bytes && base < upTo) base++
    if (base > this.#base) this.#forget(base)
  }

  /** Forgets everything: the log begins after this offset. */
  reset(offset: number, term: number): void {
    this.#base = offset
    this.#baseTerm = term
    this.#packed = []
    this.#opened = null
    this.#packedTo = offset
    this.#entries = []
    this.#digests = []
    this.#ends = []
    this.#head = 0
    this.#forgotten = 0
  }

  /** Who wrote what, oldest first; the first stretch begins with the base. O(entries), asked once for each new stream. */
  spans(): Span[] {
    const spans: Span[] = []
    let open = { term: this.#baseTerm, start: this.base, end: this.base }
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
    return offset - this.#base - 1 + this.#head
  }

  #packOf(offset: number): Packed | undefined {
    if (offset <= this.#base) return undefined
    let low = 0
    let high = this.#packed.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#packed[middle]?.last ?? offset) < offset) low = middle + 1
      else high = middle
    }
    return this.#packed[low]
  }

  /** Packs what is not taken back any more, once there is enough of it. */
  #pack(upTo: number): void {
    while (upTo - this.#packedTo >= MANY || this.end(upTo) - this.end(this.#packedTo) >= LARGE) {
      const term = this.#entries[0]?.term
      if (term === undefined) return
      const entries = this.#entries.slice(0, Math.min(MANY, upTo - this.#packedTo))
      const next = entries.findIndex((entry) => entry.term !== term)
      if (next > 0) entries.length = next
      this.#packed.push(new Packed(this.#writer, term, this.#packedTo + 1, entries))
      this.#entries.splice(0, entries.length)
      this.#packedTo += entries.length
    }
  }

  #forget(base: number): void {
    this.#forgotten = this.end(base)
    this.#baseTerm = this.termAt(base) ?? 0
    this.#head += base - this.#base
    this.#base = base
    const kept = this.#packed.findIndex(({ last }) => last > base)
    this.#packed.splice(0, kept < 0 ? this.#packed.length : kept)
    if (base > this.#packedTo) {
      this.#entries.splice(0, base - this.#packedTo)
      this.#packedTo = base
    }
    // Moving the others is paid for by those that went.
    if (this.#head < 64 || this.#head * 2 < this.#ends.length) return
    this.#ends.splice(0, this.#head)
    this.#digests.splice(0, this.#head)
    this.#head = 0
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
