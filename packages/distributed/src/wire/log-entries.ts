import type { LogEntry } from '../log-entry.ts'
import type { RequestId } from '../request.ts'
import { type Field, readList, writeList } from './field.ts'
import { operation } from './operation.ts'
import type { Reader } from './reader.ts'
import { requestId } from './request.ts'
import type { Writer } from './writer.ts'

/** What an entry has in common with the one before it, and what it lacks: one bit each. */
const sameTerm = 1
const nextOffset = 2
const laterTime = 4
const noId = 8
const sameOrigin = 16
const floorBelow = 32

/** What stands before the first. */
const nothing: LogEntry = { term: 0, offset: 0, time: 0, operations: [], id: null, floor: 0, bytes: 0 }

/** Entries of the log in their order: each says how it differs from the one before, mostly by its operations only. */
export const logEntries: Field<readonly LogEntry[]> = {
  write(writer, entries) {
    const known = writer.stretches.find(entries)
    if (known) {
      writer.bytes(known)
      return
    }
    const { length } = writer
    writeEntries(writer, entries)
    writer.stretches.keep(entries, writer.since(length))
  },
  read: readEntries,
}

export function writeEntries(writer: Writer, entries: readonly LogEntry[]): void {
  writer.count(entries.length)
  let before = nothing
  for (const entry of entries) {
    writeEntry(writer, entry, before)
    before = entry
  }
}

export function readEntries(reader: Reader): LogEntry[] {
  const entries: LogEntry[] = []
  let before = nothing
  for (let left = reader.many(); left > 0; left--) {
    before = readEntry(reader, before)
    entries.push(before)
  }
  return entries
}

function writeEntry(writer: Writer, entry: LogEntry, before: LogEntry): void {
  const { term, offset, time, id, floor } = entry
  const marks =
    (term === before.term ? sameTerm : 0) |
    (offset === before.offset + 1 ? nextOffset : 0) |
    (isStep(before.time, time) ? laterTime : 0) |
    (id === null ? noId : 0) |
    (id?.origin === before.id?.origin ? sameOrigin : 0) |
    (id !== null && isStep(floor, id.seq) ? floorBelow : 0)
  writer.byte(marks)
  if (!(marks & sameTerm)) writer.number(term)
  if (!(marks & nextOffset)) writer.number(offset)
  if (marks & laterTime) writer.count(time - before.time)
  else writer.number(time)
  if (id && marks & sameOrigin) writer.number(id.seq)
  else if (id) requestId.write(writer, id)
  if (id && marks & floorBelow) writer.count(id.seq - floor)
  else writer.number(floor)
  writer.number(entry.bytes)
  writeList(writer, operation, entry.operations)
}

function readEntry(reader: Reader, before: LogEntry): LogEntry {
  const marks = reader.byte()
  const term = marks & sameTerm ? before.term : reader.number()
  const offset = marks & nextOffset ? before.offset + 1 : reader.number()
  const time = marks & laterTime ? before.time + reader.count() : reader.number()
  const id = marks & noId ? null : readId(reader, before, marks)
  const floor = id && marks & floorBelow ? id.seq - reader.count() : reader.number()
  const bytes = reader.number()
  return { term, offset, time, operations: readList(reader, operation), id, floor, bytes }
}

function readId(reader: Reader, before: LogEntry, marks: number): RequestId {
  if (!(marks & sameOrigin) || !before.id) return requestId.read(reader)
  return { origin: before.id.origin, seq: reader.number() }
}

/** Whether the distance can be told by a count, and the greater number be had from it again. */
function isStep(low: number, high: number): boolean {
  return (
    Number.isSafeInteger(low) && Number.isSafeInteger(high) && low <= high && Number.isSafeInteger(high - low)
  )
}
