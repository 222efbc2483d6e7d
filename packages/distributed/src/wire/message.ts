import type { Message } from '../message.ts'
import type { Field } from './field.ts'
import type { Reader } from './reader.ts'
import { kinds, shapes } from './shapes.ts'
import { WireError } from './wire-error.ts'
import type { Writer } from './writer.ts'

type Shape = { readonly [Name in string]: Field<unknown> }

/** @throws WireError `UNENCODABLE`, `TOO_DEEP`. */
export function writeMessage(writer: Writer, message: Message): void {
  writer.byte(kinds.indexOf(message.kind))
  // The shape of its kind names the fields that the message has, which TypeScript cannot tell of a union.
  const shape = shapes[message.kind] as Shape
  const values = message as unknown as Readonly<Record<string, unknown>>
  for (const name in shape) shape[name]?.write(writer, values[name])
}

/** @throws WireError `TRUNCATED`, `MALFORMED`, `TOO_DEEP`. */
export function readMessage(reader: Reader): Message {
  const number = reader.byte()
  const kind = kinds[number]
  if (kind === undefined) throw new WireError('MALFORMED', `there is no message of number ${number}`)
  const shape = shapes[kind] as Shape
  const message: Record<string, unknown> = { kind }
  for (const name in shape) message[name] = shape[name]?.read(reader)
  // Every field of its kind was read, and nothing else.
  return message as unknown as Message
}
