import type { ErrorCode } from '@jcache/driver'
import type { Acknowledgement, Command, Outcome, Place, RequestId } from '../request.ts'
import type { Field } from './field.ts'
import { readValue, writeValue } from './value.ts'
import { WireError } from './wire-error.ts'

export const command: Field<Command> = {
  write(writer, { name, args }) {
    writer.text(name)
    writer.count(args.length)
    for (const argument of args) writeValue(writer, argument)
  },
  read(reader) {
    const name = reader.text()
    const args: unknown[] = []
    for (let left = reader.many(); left > 0; left--) args.push(readValue(reader))
    return { name, args }
  },
}

export const requestId: Field<RequestId> = {
  write(writer, { origin, seq }) {
    writer.text(origin)
    writer.number(seq)
  },
  read: (reader) => ({ origin: reader.text(), seq: reader.number() }),
}

/** As `requestId`, beside others of the same origin. */
export const ownRequestId: Field<RequestId> = {
  write(writer, { origin, seq }) {
    writer.recurring(origin)
    writer.number(seq)
  },
  read: (reader) => ({ origin: reader.recurring(), seq: reader.number() }),
}

export const place: Field<Place> = {
  write(writer, { history, offset, time }) {
    writer.recurring(history)
    writer.number(offset)
    writer.number(time)
  },
  read: (reader) => ({ history: reader.recurring(), offset: reader.number(), time: reader.number() }),
}

export const acknowledgement: Field<Acknowledgement> = {
  write: (writer, value) => writeValue(writer, value),
  read(reader) {
    const value = readValue(reader)
    if (value === 'in-sync' || value === 'leader' || typeof value === 'number') return value
    throw new WireError('MALFORMED', 'an acknowledgement is wanted')
  },
}

/** By their place: new ones come at the end. */
const codes: readonly ErrorCode[] = [
  'WRONG_TYPE',
  'NOT_A_NUMBER',
  'OUT_OF_RANGE',
  'NO_SUCH_KEY',
  'INVALID_ARGUMENT',
  'UNSUPPORTED',
  'UNAVAILABLE',
  'TIMEOUT',
  'ABORTED',
  'NO_LEADER',
  'CLOSED',
]
const OK = 0xff

export const outcome: Field<Outcome> = {
  write(writer, value) {
    writer.byte(value.ok ? OK : codes.indexOf(value.code))
    if (value.ok) writeValue(writer, value.value)
    else writer.text(value.message)
  },
  read(reader) {
    const first = reader.byte()
    if (first === OK) return { ok: true, value: readValue(reader) }
    const code = codes[first]
    if (code === undefined) throw new WireError('MALFORMED', `there is no error of number ${first}`)
    return { ok: false, code, message: reader.text() }
  },
}
