import type { Message } from '../message.ts'
import type { Span } from '../span.ts'
import { piece } from './entry.ts'
import {
  boolean,
  type Field,
  type Fields,
  number,
  numberOrNull,
  readFields,
  readList,
  readNullable,
  text,
  textOrNull,
  writeFields,
  writeList,
  writeNullable,
} from './field.ts'
import { acknowledgement, command, ownRequestId, place } from './request.ts'
import { result } from './result.ts'
import { snapshotEnd } from './snapshot-end.ts'
import { stretch } from './stretch.ts'

type Kind = Message['kind']

/** The kinds of message by their number on the wire: new ones come at the end. */
export const kinds: readonly Kind[] = [
  'append',
  'ack',
  'hello',
  'welcome',
  'restart',
  'slice',
  'sliced',
  'forward',
  'reply',
  'cancel',
  'ask',
  'place',
  'probe',
  'probed',
  'transfer',
  'leave',
  'left',
  'fenced',
]

interface Spot {
  readonly offset: number
  readonly term: number
}

const spotFields: Fields<Spot> = { offset: number, term: number }

const spot: Field<Spot> = {
  write: (writer, value) => writeFields(writer, spotFields, value),
  read: (reader) => readFields(reader, spotFields),
}

const spotOrNull: Field<Spot | null> = {
  write: (writer, value) => writeNullable(writer, spot, value),
  read: (reader) => readNullable(reader, spot),
}

const spanFields: Fields<Span> = { term: number, start: number, end: number }

const span: Field<Span> = {
  write: (writer, value) => writeFields(writer, spanFields, value),
  read: (reader) => readFields(reader, spanFields),
}

/** What a message of each kind says, field by field, in the order of the bytes. */
export const shapes: { readonly [Name in Kind]: Fields<Extract<Message, { kind: Name }>> } = {
  append: {
    term: number,
    previous: spotOrNull,
    commit: number,
    commitTime: number,
    tail: number,
    time: number,
    stamp: number,
    heard: numberOrNull,
    entries: stretch,
  },
  ack: {
    term: number,
    match: numberOrNull,
    applied: number,
    digest: number,
    promised: number,
    stamp: number,
  },
  hello: {
    term: number,
    history: textOrNull,
    spans: {
      write: (writer, value) => writeList(writer, span, value),
      read: (reader) => readList(reader, span),
    },
    last: number,
    applied: number,
    time: number,
  },
  welcome: { term: number, history: text, keep: number },
  restart: { term: number, why: text },
  slice: {
    term: number,
    history: text,
    snapshot: number,
    seq: number,
    pieces: {
      write: (writer, value) => writeList(writer, piece, value),
      read: (reader) => readList(reader, piece),
    },
    end: {
      write: (writer, value) => writeNullable(writer, snapshotEnd, value),
      read: (reader) => readNullable(reader, snapshotEnd),
    },
  },
  sliced: { term: number, snapshot: number, seq: number },
  forward: {
    term: number,
    id: ownRequestId,
    floor: number,
    command,
    ack: acknowledgement,
    until: number,
    wait: number,
  },
  reply: { term: number, seq: number, result },
  cancel: { term: number, id: ownRequestId },
  ask: { term: number, seq: number },
  place: { term: number, seq: number, place, tail: number },
  probe: { term: number },
  probed: { term: number, hears: boolean, last: spotOrNull },
  transfer: { term: number, time: number },
  leave: { term: number },
  left: { term: number },
  fenced: { term: number },
}
