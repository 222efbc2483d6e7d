import type { Codec } from './codec.ts'
import { exact } from './exact.ts'

/** What makes texts of values, as superjson and devalue do. */
export interface TextFormat {
  stringify(value: unknown): string
  parse(text: string): unknown
}

/** A codec by a library that makes texts: `textCodec(superjson)`. What the library would lose is refused. */
export function textCodec(format: TextFormat): Codec {
  return exact({ encode: (value) => format.stringify(value), decode: (text) => format.parse(text) })
}
