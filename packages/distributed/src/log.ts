import type { LogEntry } from './log-entry.ts'
import type { Span } from './span.ts'
import { joined, Stretch, touches } from './stretch.ts'
import { writeEntry } from './wire/log-entries.ts'
import { Writer } from './wire/writer.ts'

/** A stretch that has grown so large is closed, and small ones are joined to such. */
const LARGE = 32 << 10
/** Small ones that are joined in one go; entries that are let go of in one. */
const MANY = 64

/**
 * The newest entries, as many as fit: `base` stands for all before them. Entries with equal term and offset are the same,
 * and so is all before them: a leader writes each offset once, and nobody appends but to what stood before it there.
 *
 * They lie here as bytes. Millions of small objects would be moved and marked again and again by the garbage collector, which
 * takes longer than to write and to replicate them.
 */
export class Log {
  #base = 0
  #last = 0
  /** Which term began where, oldest first: the first holds the base. */
  #terms: { readonly term: number; readonly first: number }[] = [{ term: 0, first: 0 }]
  #stretches: Stretch[] = []
  /** So many of them in front are joined already. */
  #joined = 0
  /** What comes after the stretches. */
  readonly #writer = new Writer()
  /** The offset before the first that is in the writer, and what was written there last. */
  #closedTo = 0
  #before: LogEntry | undefined
  /** The last entries, which may be wanted soon. */
  #recent: LogEntry[] = []
  /** Of the others, those that were wanted last. */
  #opened: Stretch | undefined
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
    return this.#last
  }

  get lastTerm(): number {
    return this.#terms.at(-1)?.term ?? 0
  }

  /** Bytes of the entries that are here. */
  get bytes(): number {
    return this.end(this.#last) - this.#forgotten
  }

  /** The next entry. @throws WireError `UNENCODABLE`, `TOO_DEEP`: it holds what is no data, and is not appended. */
  append(entry: LogEntry): void {
    const { length } = this.#writer
    try {
      writeEntry(this.#writer, entry, this.#before)
    } catch (error) {
      this.#writer.rewind(length)
      throw error
    }
    this.#before = entry
    this.#add(entry, this.#writer.length - length)
    if (this.#writer.length >= LARGE) this.#close()
  }

  /** Those of the entries that are not here yet; the first of them is the next. O(entries). */
  take(stretch: Stretch): void {
    const { first, entries, ends } = stretch
    if (first !== this.#last + 1) {
      for (const entry of entries) if (entry.offset > this.#last) this.append(entry)
      return
    }
    this.#close()
    this.#writer.bytes(stretch.bytes)
    let start = 0
    for (let at = 0; at < entries.length; at++) {
      const entry = entries[at]
      const end = ends[at] ?? start
      if (entry) this.#add(entry, end - start)
      start = end
    }
    this.#close()
  }

  get(offset: number): LogEntry | undefined {
    const recent = this.#last - this.#recent.length
    if (offset > recent) return this.#recent[offset - recent - 1]
    if (offset <= this.#base) return undefined
    const stretch = this.#stretches[this.#indexOf(offset)]
    if (!stretch) return undefined
    // Of what was read, no more is kept than of one.
    if (this.#opened?.bytes !== stretch.bytes) this.#opened = joined([stretch], 0, 1)
    return this.#opened.entries[offset - stretch.first]
  }

  /** The term of the entry, undefined where it is not here. */
  termAt(offset: number): number | undefined {
    if (offset < this.#base || offset > this.#last) return undefined
    return this.#terms.findLast(({ first }) => first <= offset)?.term
  }

  /** Where the entry ends, in bytes since the log began; the base's end for what is not here. */
  end(offset: number): number {
    return offset > this.#base ? (this.#ends[this.#place(offset)] ?? this.#forgotten) : this.#forgotten
  }

  /** The entries after the offset, as many as lie together, of at most so many bytes, but one at least unless that is nothing. */
  after(offset: number, bytes: number): Stretch {
    if (bytes <= 0 || offset >= this.#last) return Stretch.none
    this.#close()
    const at = this.#indexOf(offset + 1)
    const stretch = this.#stretches[at]
    if (!stretch) return Stretch.none
    const { first, length } = stretch
    if (first === offset + 1 && stretch.bytes.length <= bytes)
      return joined(this.#stretches, at, this.#endOfRun(at, this.#stretches.length, bytes))
    let last = offset + 1
    while (last < first + length - 1 && this.end(last + 1) - this.end(offset) <= bytes) last++
    if (first === offset + 1)
      return new Stretch(first, last - offset, stretch.bytes.subarray(0, this.end(last) - this.end(offset)))
    // Its first entry leans on one before it: they are written anew.
    const entries: LogEntry[] = []
    for (let next = offset + 1; next <= last; next++) {
      const entry = this.get(next)
      if (entry) entries.push(entry)
    }
    return Stretch.of(entries)
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
    if (offset >= this.#last) return
    this.#close()
    for (let cut = this.#stretches.at(-1); cut && this.#closedTo > offset; cut = this.#stretches.at(-1)) {
      this.#stretches.pop()
      if (cut.first <= offset) {
        const gone = this.end(this.#closedTo) - this.end(offset)
        const bytes = cut.bytes.subarray(0, cut.bytes.length - gone)
        this.#stretches.push(new Stretch(cut.first, offset - cut.first + 1, bytes))
      }
      this.#closedTo = Math.max(offset, cut.first - 1)
    }
    this.#joined = Math.min(this.#joined, this.#stretches.length)
    this.#recent.length = Math.max(0, this.#recent.length - (this.#last - offset))
    this.#last = offset
    while ((this.#terms.at(-1)?.first ?? 0) > offset) this.#terms.pop()
    this.#ends.length = this.#place(offset) + 1
    this.#digests.length = this.#place(offset) + 1
  }

  /** Forgets the oldest entries until the others fit, but none after the offset: these may still be taken back. */
  trim(bytes: number, upTo: number): void {
    this.#settle(Math.min(upTo, this.#last))
    let base = this.#base
    while (this.end(this.#last) - this.end(base) > bytes && base < upTo) base++
    if (base > this.#base) this.#forget(base)
  }

  /** Forgets everything: the log begins after this offset. */
  reset(offset: number, term: number): void {
    this.#base = offset
    this.#last = offset
    this.#terms = [{ term, first: offset }]
    this.#stretches = []
    this.#joined = 0
    this.#writer.abandon()
    this.#closedTo = offset
    this.#before = undefined
    this.#recent = []
    this.#opened = undefined
    this.#digests = []
    this.#ends = []
    this.#head = 0
    this.#forgotten = 0
  }

  /** Who wrote what, oldest first; the first stretch begins with the base. O(terms). */
  spans(): Span[] {
    return this.#terms.map(({ term, first }, at) => ({
      term,
      start: Math.max(first, this.#base),
      end: (this.#terms[at + 1]?.first ?? this.#last + 1) - 1,
    }))
  }

  #add(entry: LogEntry, bytes: number): void {
    if (entry.term !== this.lastTerm) this.#terms.push({ term: entry.term, first: entry.offset })
    this.#ends.push(this.end(this.#last) + bytes)
    this.#digests.push(Number.NaN)
    this.#recent.push(entry)
    this.#last++
  }

  /** What was written since becomes a stretch; what comes next stands by itself. */
  #close(): void {
    if (this.#last === this.#closedTo) return
    this.#stretches.push(new Stretch(this.#closedTo + 1, this.#last - this.#closedTo, this.#writer.finish()))
    this.#closedTo = this.#last
    this.#before = undefined
  }

  #place(offset: number): number {
    return offset - this.#base - 1 + this.#head
  }

  /** Where the stretch is that holds the entry. */
  #indexOf(offset: number): number {
    let low = 0
    let high = this.#stretches.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#stretches[middle]?.first ?? offset) <= offset) low = middle
      else high = middle - 1
    }
    return low
  }

  /** What is not taken back any more is wanted by few: its objects go, and small stretches become large ones. */
  #settle(upTo: number): void {
    const past = upTo - (this.#last - this.#recent.length)
    if (past >= MANY) {
      if (upTo > this.#closedTo) this.#close()
      this.#recent.splice(0, past)
    }
    if (this.#stretches.length - this.#joined < 2 * MANY) return
    const end = this.#stretches.findLastIndex(({ first, length }) => first + length - 1 <= upTo) + 1
    const found: Stretch[] = []
    for (let at = this.#joined; at < end; ) {
      const next = this.#endOfRun(at, end, LARGE)
      found.push(joined(this.#stretches, at, next))
      at = next
    }
    this.#stretches.splice(this.#joined, end - this.#joined, ...found)
    // The last of them may grow further.
    this.#joined += Math.max(0, found.length - 1)
  }

  /** The place, below `end`, of the first stretch that cannot be joined to that one and those after it in so many bytes. */
  #endOfRun(at: number, end: number, bytes: number): number {
    let next = at + 1
    let room = bytes - (this.#stretches[at]?.bytes.length ?? 0)
    for (let one = this.#stretches[next]; one && next < end; one = this.#stretches[++next]) {
      room -= one.bytes.length
      if (room < 0 || !touches(this.#stretches[next - 1], one)) break
    }
    return next
  }

  #forget(base: number): void {
    if (base > this.#closedTo) this.#close()
    this.#forgotten = this.end(base)
    this.#head += base - this.#base
    this.#base = base
    while ((this.#terms[1]?.first ?? base + 1) <= base) this.#terms.shift()
    const kept = this.#stretches.findIndex(({ first, length }) => first + length - 1 > base)
    const gone = kept < 0 ? this.#stretches.length : kept
    this.#stretches.splice(0, gone)
    this.#joined = Math.max(0, this.#joined - gone)
    const here = this.#last - base
    if (this.#recent.length > here) this.#recent.splice(0, this.#recent.length - here)
    // Moving the others is paid for by those that went.
    if (this.#head < 64 || this.#head * 2 < this.#ends.length) return
    this.#ends.splice(0, this.#head)
    this.#digests.splice(0, this.#head)
    this.#head = 0
  }
}
