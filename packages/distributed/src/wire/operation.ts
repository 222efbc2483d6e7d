import type { Operation } from '../data.ts'
import { entry } from './entry.ts'
import { type Field, texts } from './field.ts'
import { command } from './request.ts'
import { readValue, writeValue } from './value.ts'
import { WireError } from './wire-error.ts'

const run = 0
const runWithReply = 1
const load = 2
const drop = 3

/** One step of a logged write. */
export const operation: Field<Operation> = {
  write(writer, value) {
    if (value.kind === 'run') {
      writer.byte(value.reply === undefined ? run : runWithReply)
      command.write(writer, value.command)
      if (value.reply !== undefined) writeValue(writer, value.reply)
    } else if (value.kind === 'load') {
      writer.byte(load)
      writer.text(value.key)
      entry.write(writer, value.entry)
    } else {
      writer.byte(drop)
      texts.write(writer, value.keys)
    }
  },
  read(reader) {
    const kind = reader.byte()
    switch (kind) {
      case run:
        return { kind: 'run', command: command.read(reader) }
      case runWithReply:
        return { kind: 'run', command: command.read(reader), reply: readValue(reader) }
      case load:
        return { kind: 'load', key: reader.text(), entry: entry.read(reader) }
      case drop:
        return { kind: 'drop', keys: texts.read(reader) }
    }
    throw new WireError('MALFORMED', `there is no operation of number ${kind}`)
  },
}
