import type { SnapshotEnd } from '../message.ts'
import type { Done, DumpedRequests } from '../requests.ts'
import { type Field, type Fields, number, readFields, readList, writeFields, writeList } from './field.ts'
import { outcome } from './request.ts'

type Origin = DumpedRequests[number]
type Request = Origin[3][number]

const doneFields: Fields<Done> = { offset: number, time: number, outcome }

const request: Field<Request> = {
  write(writer, [seq, done]) {
    writer.number(seq)
    writeFields(writer, doneFields, done)
  },
  read: (reader) => [reader.number(), readFields(reader, doneFields)],
}

const origin: Field<Origin> = {
  write(writer, [name, floor, time, requests]) {
    writer.text(name)
    writer.number(floor)
    writer.number(time)
    writeList(writer, request, requests)
  },
  read: (reader) => [reader.text(), reader.number(), reader.number(), readList(reader, request)],
}

const fields: Fields<SnapshotEnd> = {
  offset: number,
  term: number,
  time: number,
  digest: number,
  requests: {
    write: (writer, value) => writeList(writer, origin, value),
    read: (reader) => readList(reader, origin),
  },
}

/** What comes after the last key of a snapshot. */
export const snapshotEnd: Field<SnapshotEnd> = {
  write: (writer, value) => writeFields(writer, fields, value),
  read: (reader) => readFields(reader, fields),
}
