import { Stretch } from '../stretch.ts'
import type { Reader } from './reader.ts'
import type { Writer } from './writer.ts'

/** Entries of the log: their bytes as they are. */
export function writeStretch(writer: Writer, { length, bytes }: Stretch): void {
  writer.count(length)
  if (length === 0) return
  writer.count(bytes.length)
  writer.bytes(bytes)
}

/** Those that come after the offset. What comes from elsewhere is read at once, so that nobody takes what is none. */
export function readStretch(reader: Reader, offset: number): Stretch {
  const length = reader.many()
  if (length === 0) return Stretch.none
  return new Stretch(offset + 1, length, reader.bytes(reader.many())).checked()
}
