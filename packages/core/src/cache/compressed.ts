import { base64, bytesOfBase64 } from './base64.ts'
import type { Codec } from './codec.ts'

/** What makes bytes shorter, at once: `{ compress: zlib.deflateRawSync, decompress: zlib.inflateRawSync }`, or of fflate, pako. */
export interface Compression {
  compress(bytes: Uint8Array): Uint8Array
  decompress(bytes: Uint8Array): Uint8Array
}

/** What compressed texts begin with; no JSON does. */
const SIGN = '!z:'

/**
 * The codec, whose texts from so many characters on are stored compressed, as base64, where that is shorter. Other texts
 * stay readable by other programs, and values that were stored without compression are still read.
 */
export function compressed(codec: Codec, { compress, decompress }: Compression, from = 1_000): Codec {
  return {
    encode(value) {
      const text = codec.encode(value)
      const seemsCompressed = text.startsWith(SIGN)
      if (text.length < from && !seemsCompressed) return text
      const shorter = SIGN + base64(compress(new TextEncoder().encode(text)))
      return shorter.length < text.length || seemsCompressed ? shorter : text
    },
    decode: (text) =>
      codec.decode(
        text.startsWith(SIGN)
          ? new TextDecoder().decode(decompress(bytesOfBase64(text.slice(SIGN.length))))
          : text,
      ),
  }
}
