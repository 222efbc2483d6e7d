import type { StringCommands } from '@jcache/driver'
import { byteLength } from './byte-length.ts'
import { byteRange, checkLength, overwritten } from './byte-range.ts'
import type { Group } from './group.ts'
import type { Keyspace } from './keyspace.ts'
import { addFloats } from './long-double.ts'
import { plainStringGroup } from './plain-string.ts'
import { span } from './span.ts'

/** `get append incrbyfloat …`: texts, their bytes and the numbers in them. */
export const stringGroup: Group<StringCommands> = {
  commands: (space) => ({
    ...plainStringGroup.commands(space),

    incrbyfloat: (key, increment) => Number(change(space, key, (text) => addFloats(text, increment, key))),

    strlen: (key) => byteLength(space.text(key) ?? ''),

    append: (key, value) =>
      byteLength(
        change(space, key, (text = '') => {
          checkLength(key, text.length + value.length)
          return text + value
        }),
      ),

    getrange: (key, start, end) => {
      const text = space.text(key) ?? ''
      const size = byteLength(text)
      // Redis takes an end that is before the start for the first byte, but not where it is before the other end too.
      if (start < 0 && end < start) return ''
      return byteRange(text, ...span(start, Math.max(end, -size), size))
    },

    setrange: (key, offset, value) => {
      const text = space.text(key) ?? ''
      if (value === '') return byteLength(text)
      return byteLength(change(space, key, () => overwritten(key, text, offset, value)))
    },
  }),
}

/** Gives the key the text that is made of the one it holds. The key keeps its expiry. */
function change(space: Keyspace, key: string, make: (text: string | undefined) => string): string {
  const text = make(space.text(key))
  space.put(key, text, null)
  return text
}
