import type { LogEntry } from '../log-entry.ts'
import type { RequestId } from '../request.ts'
import { readList, writeList } from './field.ts'
import { operation } from './operation.ts'
import type { Reader } from './reader.ts'
import { requestId } from './request.ts'
import { WireError } from './wire-error.ts'
import type { Writer } from './writer.ts'

/** What an entry has in common with the one before it, and what it lacks: one bit each. */
const sameTerm = 1
const laterTime = 2
const noId = 4
const sameOrigin = 8
const floorBelow = 16
/** What nobody can say who has nothing before it. */
const toBefore: number = sameTerm | laterTime | sameOrigin

/** Entries, and where each of them ends. */
export interface Read {
  readonly entries: readonly LogEntry[]
  readonly ends: readonly number[]
}

/** Entries in their order: each says how it differs from the one before, mostly by its operations only. */
export function writeEntries(writer: Writer, entries: readonly LogEntry[]): void {
  let before: LogEntry | undefined
  for (const entry of entries) {
    writeEntry(writer, entry, before)
    before = entry
  }
}

/** All that is there to be read: so many entries, of which the first has that offset. */
export function readEntries(reader: Reader, first: number, count: number): Read {
  const entries: LogEntry[] = []
  const ends: number[] = []
  const { left } = reader
  let before: LogEntry | undefined
  for (let offset = first; offset < first + count; offset++) {
    before = readEntry(reader, offset, before)
    entries.push(before)
    ends.push(left - reader.left)
  }
  if (reader.left > 0) throw new WireError('MALFORMED', `${reader.left} bytes after the last entry`)
  return { entries, ends }
}

/** One that says nothing of the entry before it, if none is given, may stand anywhere. Its offset is one more than that one's. */
export function writeEntry(writer: Writer, entry: LogEntry, before: LogEntry | undefined): void {
  const { term, time, id, floor } = entry
  const marks =
    (term === before?.term ? sameTerm : 0) |
    (before && isStep(before.time, time) ? laterTime : 0) |
    (id === null ? noId : 0) |
    (id && id.origin === before?.id?.origin ? sameOrigin : 0) |
    (id && isStep(floor, id.seq) ? floorBelow : 0)
  writer.byte(marks)
  if (!(marks & sameTerm)) writer.number(term)
  if (before && marks & laterTime) writer.count(time - before.time)
  else writer.number(time)
  if (id && marks & sameOrigin) writer.number(id.seq)
  else if (id) requestId.write(writer, id)
  if (id && marks & floorBelow) writer.count(id.seq - floor)
  else writer.number(floor)
  writeList(writer, operation, entry.operations)
}

function readEntry(reader: Reader, offset: number, before: LogEntry | undefined): LogEntry {
  const marks = reader.byte()
  if (!before && marks & toBefore) throw new WireError('MALFORMED', 'no entry is before the first')
  const term = before && marks & sameTerm ? before.term : reader.number()
  const time = before && marks & laterTime ? before.time + reader.count() : reader.number()
  const id = marks & noId ? null : readId(reader, before, marks)
  const floor = id && marks & floorBelow ? id.seq - reader.count() : reader.number()
  return { term, offset, time, operations: readList(reader, operation), id, floor }
}

function readId(reader: Reader, before: LogEntry | undefined, marks: number): RequestId {
  if (!(marks & sameOrigin)) return requestId.read(reader)
  if (!before?.id) throw new WireError('MALFORMED', 'the entry before it has no origin')
  return { origin: before.id.origin, seq: reader.number() }
}

/** Whether the distance can be told by a count, and the greater number be had from it again. */
function isStep(low: number, high: number): boolean {
  return (
    Number.isSafeInteger(low) && Number.isSafeInteger(high) && low <= high && Number.isSafeInteger(high - low)
  )
}
