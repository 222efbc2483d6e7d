import type { Codec } from './codec.ts'
import { difference } from './difference.ts'

/**
 * The codec, which refuses what it would not give back: every value is decoded again before it is stored, and compared. It
 * makes writes cost a decoding more, and reads nothing.
 */
export function exact(codec: Codec): Codec {
  return {
    encode(value) {
      const text = codec.encode(value)
      const lost = difference(value, codec.decode(text))
      if (lost) throw new TypeError(lost)
      return text
    },
    decode: (text) => codec.decode(text),
  }
}
