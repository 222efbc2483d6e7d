import type { Entry, ScoredMember } from '@jcache/driver'
import type { Piece } from '../data.ts'
import { type Field, number, numberOrNull, readList, text, texts, writeList } from './field.ts'
import type { Reader } from './reader.ts'
import { WireError } from './wire-error.ts'
import type { Writer } from './writer.ts'

/** By their place: new ones come at the end. */
const types: readonly Entry['type'][] = ['string', 'hash', 'list', 'set', 'zset']

const pair: Field<readonly [string, string]> = {
  write(writer, [name, value]) {
    writer.text(name)
    writer.text(value)
  },
  read: (reader) => [text.read(reader), text.read(reader)],
}

const scored: Field<Readonly<ScoredMember>> = {
  write(writer, [member, score]) {
    writer.text(member)
    writer.number(score)
  },
  read: (reader) => [text.read(reader), number.read(reader)],
}

/** What a key holds, with its expiry. */
export const entry: Field<Entry> = {
  write(writer, value) {
    writer.byte(types.indexOf(value.type))
    numberOrNull.write(writer, value.expiresAt)
    writeContent(writer, value)
  },
  read(reader) {
    const code = reader.byte()
    const expiresAt = numberOrNull.read(reader)
    return readContent(reader, code, expiresAt)
  },
}

function writeContent(writer: Writer, { type, value }: Entry): void {
  if (type === 'string') writer.text(value)
  else if (type === 'hash') writeList(writer, pair, value)
  else if (type === 'zset') writeList(writer, scored, value)
  else texts.write(writer, value)
}

function readContent(reader: Reader, code: number, expiresAt: number | null): Entry {
  const type = types[code]
  switch (type) {
    case 'string':
      return { type, expiresAt, value: reader.text() }
    case 'hash':
      return { type, expiresAt, value: readList(reader, pair) }
    case 'zset':
      return { type, expiresAt, value: readList(reader, scored) }
    case 'list':
    case 'set':
      return { type, expiresAt, value: texts.read(reader) }
  }
  throw new WireError('MALFORMED', `there is no type of number ${code}`)
}

const gone = 0
const whole = 1
const more = 2

/** A key with what it holds, or a part of that. */
export const piece: Field<Piece> = {
  write(writer, [key, value, isMore]) {
    writer.text(key)
    writer.byte(value ? (isMore ? more : whole) : gone)
    if (value) entry.write(writer, value)
  },
  read(reader) {
    const key = text.read(reader)
    const form = reader.byte()
    if (form > more) throw new WireError('MALFORMED', `there is no piece of number ${form}`)
    return [key, form === gone ? null : entry.read(reader), form === more]
  },
}
