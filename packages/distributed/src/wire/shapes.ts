import type { Ack, Append, Forward, Message, Reply } from '../message.ts'
import type { Span } from '../span.ts'
import { Stretch } from '../stretch.ts'
import { piece } from './entry.ts'
import {
  boolean,
  type Field,
  type Fields,
  number,
  numberOrNull,
  numbers,
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
import { readStretch, writeStretch } from './stretch.ts'

type Kind = Message['kind']
type Of<Name extends Kind> = Extract<Message, { kind: Name }>

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
  'stay',
  'astray',
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

// Those that come with every write are spelled out: objects that are made name by name cost several times as much.

const append: Field<Append> = {
  write(writer, message) {
    writer.number(message.term)
    spotOrNull.write(writer, message.previous)
    writer.number(message.commit)
    writer.number(message.commitTime)
    writer.number(message.tail)
    writer.number(message.time)
    writer.number(message.stamp)
    numberOrNull.write(writer, message.heard)
    if (message.previous) writeStretch(writer, message.entries)
  },
  read(reader) {
    const term = reader.number()
    const previous = spotOrNull.read(reader)
    return {
      kind: 'append',
      term,
      previous,
      commit: reader.number(),
      commitTime: reader.number(),
      tail: reader.number(),
      time: reader.number(),
      stamp: reader.number(),
      heard: numberOrNull.read(reader),
      entries: previous ? readStretch(reader, previous.offset) : Stretch.none,
    }
  },
}

const ack: Field<Ack> = {
  write(writer, message) {
    writer.number(message.term)
    numberOrNull.write(writer, message.match)
    writer.number(message.applied)
    writer.number(message.digest)
    writer.number(message.promised)
    writer.number(message.stamp)
  },
  read: (reader) => ({
    kind: 'ack',
    term: reader.number(),
    match: numberOrNull.read(reader),
    applied: reader.number(),
    digest: reader.number(),
    promised: reader.number(),
    stamp: reader.number(),
  }),
}

const forward: Field<Forward> = {
  write(writer, message) {
    writer.number(message.term)
    ownRequestId.write(writer, message.id)
    writer.number(message.floor)
    command.write(writer, message.command)
    acknowledgement.write(writer, message.ack)
    writer.number(message.until)
    writer.number(message.wait)
  },
  read: (reader) => ({
    kind: 'forward',
    term: reader.number(),
    id: ownRequestId.read(reader),
    floor: reader.number(),
    command: command.read(reader),
    ack: acknowledgement.read(reader),
    until: reader.number(),
    wait: reader.number(),
  }),
}

const reply: Field<Reply> = {
  write(writer, message) {
    writer.number(message.term)
    writer.number(message.seq)
    result.write(writer, message.result)
  },
  read: (reader) => ({
    kind: 'reply',
    term: reader.number(),
    seq: reader.number(),
    result: result.read(reader),
  }),
}

/** A message of the kind by the fields that it has, in the order of the bytes. */
function shape<Name extends Kind>(kind: Name, fields: Fields<Of<Name>>): Field<Of<Name>> {
  return {
    write: (writer, message) => writeFields(writer, fields, message),
    // All fields of its kind were read.
    read: (reader) => ({ kind, ...readFields(reader, fields) }) as unknown as Of<Name>,
  }
}

/** What a message of each kind says. */
export const shapes: { readonly [Name in Kind]: Field<Of<Name>> } = {
  append,
  ack,
  hello: shape('hello', {
    term: number,
    history: textOrNull,
    spans: {
      write: (writer, value) => writeList(writer, span, value),
      read: (reader) => readList(reader, span),
    },
    last: number,
    applied: number,
    time: number,
  }),
  welcome: shape('welcome', { term: number, history: text, keep: number }),
  restart: shape('restart', { term: number, why: text }),
  slice: shape('slice', {
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
  }),
  sliced: shape('sliced', { term: number, snapshot: number, seq: number }),
  forward,
  reply,
  cancel: shape('cancel', { term: number, id: ownRequestId }),
  ask: shape('ask', { term: number, seq: number }),
  place: shape('place', { term: number, seq: number, place, tail: number }),
  probe: shape('probe', { term: number }),
  probed: shape('probed', { term: number, hears: boolean, last: spotOrNull }),
  transfer: shape('transfer', { term: number, time: number }),
  leave: shape('leave', { term: number }),
  left: shape('left', { term: number }),
  fenced: shape('fenced', { term: number }),
  stay: shape('stay', { term: number, seqs: numbers }),
  astray: shape('astray', { term: number, seqs: numbers }),
}
