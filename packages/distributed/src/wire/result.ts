import type { Result } from '../message.ts'
import { boolean, type Field } from './field.ts'
import { outcome, place } from './request.ts'
import { WireError } from './wire-error.ts'

const done = 0
const refused = 1
const cancelled = 2

/** What became of a forwarded call. */
export const result: Field<Result> = {
  write(writer, value) {
    if (value.kind === 'done') {
      writer.byte(done)
      outcome.write(writer, value.outcome)
      place.write(writer, value.place)
      boolean.write(writer, value.logged)
    } else if (value.kind === 'refused') {
      writer.byte(refused)
      writer.text(value.why)
    } else writer.byte(cancelled)
  },
  read(reader) {
    const kind = reader.byte()
    switch (kind) {
      case done:
        return {
          kind: 'done',
          outcome: outcome.read(reader),
          place: place.read(reader),
          logged: boolean.read(reader),
        }
      case refused:
        return { kind: 'refused', why: reader.text() }
      case cancelled:
        return { kind: 'cancelled' }
    }
    throw new WireError('MALFORMED', `there is no result of number ${kind}`)
  },
}
