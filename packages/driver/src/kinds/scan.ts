import type { Kind } from './kind.ts'
import { whole } from './number.ts'
import { text } from './text.ts'

export const cursor: Kind = [
  "a cursor, '0' or what a scan answered",
  (value) => (Number(text(value, /^\d{1,20}$/)) < 2 ** 64 ? value : undefined),
]

export const positive: Kind = ['a count of one or more', (value) => whole(value, 1)]

export const keyType: Kind = [
  'one of string, hash, list, set, zset',
  (value) => text(value, /^(string|hash|list|z?set)$/),
]
