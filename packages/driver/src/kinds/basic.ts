import { parsedDuration } from '../duration.ts'
import type { Kind } from './kind.ts'
import { double, whole } from './number.ts'
import { readyPairs } from './pairs.ts'
import { text } from './text.ts'

/** The longest key, in UTF-16 units: keys are names, and every tier keeps them in memory. */
export const MAX_KEY_LENGTH = 65_536

/** Kinds that every row may name. Others come with the rows that have them, and stay out of bundles without those. */
export type BasicKind =
  | 'key'
  | 'text'
  | 'integer'
  | 'count'
  | 'double'
  | 'duration'
  | 'instant'
  | 'flag'
  | 'keyed'

/** Whether it is a text that can be a key. */
export function isKey(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_KEY_LENGTH
}

/** Undefined where it is no key. */
const key = (value: unknown): unknown => (isKey(value) ? value : undefined)

/** The kind of durations above zero, which become milliseconds. */
export const duration: Kind<number> = [
  "a duration above zero, as 500 (milliseconds) or '5m'",
  (value) => parsedDuration(value) || undefined,
]

/** The basic kinds. */
export const basic: { readonly [Name in BasicKind]: Kind } = {
  key: [`a key, a string of at most ${MAX_KEY_LENGTH} characters`, key],
  text: ['a string', text],
  integer: ['an integer within ±2^53', (value) => whole(value) ?? null],
  count: ['a count of zero or more', (value) => whole(value, 0)],
  double: ['a number', double],
  duration,
  instant: [
    'an instant, a Date or Unix time in milliseconds',
    (value) => whole(Math.ceil(double(value instanceof Date ? Number(value) : value) ?? Number.NaN)),
  ],
  flag: ['true or false', (value) => (typeof value === 'boolean' ? value : undefined)],
  keyed: [
    `keys of at most ${MAX_KEY_LENGTH} characters with strings (a record, a Map or pairs), at least one`,
    (value) => readyPairs(value, key, text),
  ],
}
