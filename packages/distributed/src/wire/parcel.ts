import type { Message } from '../message.ts'
import { readMessage, writeMessage } from './message.ts'
import { Reader } from './reader.ts'
import { WireError } from './wire-error.ts'
import type { Writer } from './writer.ts'

/** Changes whenever the bytes of anything do. */
export const VERSION = 2

/** Messages that go together from one member to another, in the order in which they were sent. */
export interface Parcel {
  readonly from: string
  readonly to: string
  readonly messages: readonly Message[]
}

/**
 * The bytes of the parcel. O(its size).
 *
 * @throws WireError `UNENCODABLE`, `TOO_DEEP`: it holds what is no data. Nothing was written.
 */
export function encode(writer: Writer, parcel: Parcel): Buffer {
  return encodeSome(writer, parcel, 0, Number.POSITIVE_INFINITY).bytes
}

/** As `encode`: a parcel of the messages from that place on, as many as it takes to come to so many bytes, if there are. */
export function encodeSome(
  writer: Writer,
  { from, to, messages }: Parcel,
  begin: number,
  enough: number,
): { bytes: Buffer; count: number } {
  try {
    writer.byte(VERSION)
    writer.text(from)
    writer.text(to)
    let end = begin
    for (let message = messages[end]; message && writer.length < enough; message = messages[++end])
      writeMessage(writer, message)
    return { bytes: writer.finish(), count: end - begin }
  } catch (error) {
    writer.abandon()
    throw error
  }
}

/**
 * What `encode` was given. Whatever the bytes are, it takes time and memory in proportion to their number.
 *
 * @throws WireError `VERSION`, `TRUNCATED`, `MALFORMED`, `TOO_DEEP`.
 */
export function decode(bytes: Uint8Array): Parcel {
  const reader = new Reader(bytes)
  const version = reader.byte()
  if (version !== VERSION)
    throw new WireError('VERSION', `bytes of version ${version}; this is version ${VERSION}`)
  const from = reader.text()
  const to = reader.text()
  const messages: Message[] = []
  while (reader.left > 0) messages.push(readMessage(reader))
  return { from, to, messages }
}
