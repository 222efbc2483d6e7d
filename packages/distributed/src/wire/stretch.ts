import { Stretch } from '../stretch.ts'
import type { Field } from './field.ts'

/** Entries of the log: their bytes as they are. What comes from elsewhere is read at once, so that nobody takes what is none. */
export const stretch: Field<Stretch> = {
  write(writer, { first, length, bytes }) {
    writer.count(length)
    if (length === 0) return
    writer.count(first)
    writer.count(bytes.length)
    writer.bytes(bytes)
  },
  read(reader) {
    const length = reader.many()
    if (length === 0) return Stretch.none
    const first = reader.count()
    return new Stretch(first, length, reader.bytes(reader.many())).checked()
  },
}
