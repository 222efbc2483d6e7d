import { base64, bytesOfBase64 } from './base64.ts'
import type { Codec } from './codec.ts'
import { exact } from './exact.ts'

/** What makes bytes of values, as msgpackr, cbor-x and `node:v8` do. */
export interface BytesFormat {
  pack(value: unknown): Uint8Array
  unpack(bytes: Uint8Array): unknown
}

/**
 * A codec by a library that makes bytes, stored as base64, a third longer: `bytesCodec(msgpackr)`, or
 * `bytesCodec({ pack: v8.serialize, unpack: v8.deserialize })` for the structured clone of Node. What the library would lose
 * is refused.
 */
export function bytesCodec(format: BytesFormat): Codec {
  return exact({
    encode: (value) => base64(format.pack(value)),
    decode: (text) => format.unpack(bytesOfBase64(text)),
  })
}
