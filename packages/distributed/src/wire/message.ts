import type { Message } from '../message.ts'
import type { Field } from './field.ts'
import type { Reader } from './reader.ts'
import { kinds, shapes } from './shapes.ts'
import { WireError } from './wire-error.ts'
import type { Writer } from './writer.ts'

/** @throws WireError `UNENCODABLE`, `TOO_DEEP`. */
export function writeMessage(writer: Writer, message: Message): void {
  writer.byte(kinds.indexOf(message.kind))
  // The shape of its kind takes messages of that kind, which TypeScript cannot tell of a union.
  const shape = shapes[message.kind] as Field<Message>
  shape.write(writer, message)
}

/** @throws WireError `TRUNCATED`, `MALFORMED`, `TOO_DEEP`. */
export function readMessage(reader: Reader): Message {
  const number = reader.byte()
  const kind = kinds[number]
  if (kind === undefined) throw new WireError('MALFORMED', `there is no message of number ${number}`)
  return shapes[kind].read(reader)
}
