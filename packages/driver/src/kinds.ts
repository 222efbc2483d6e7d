import type { ArgumentKind } from './argument.ts'
import { parsedDuration } from './duration.ts'

/** The longest key, in UTF-16 units: keys are names, and every tier keeps them in memory. */
export const MAX_KEY_LENGTH = 65_536

/** Makes a value ready for drivers: undefined where it is not of the kind, null where that is since it is no number. */
type Become = (value: unknown) => unknown

const isText = (value: unknown): value is string => typeof value === 'string'

export const isKey = (value: unknown): boolean => isText(value) && value.length <= MAX_KEY_LENGTH

const such =
  (test: (value: unknown) => boolean): Become =>
  (value) =>
    test(value) ? value : undefined

const key = such(isKey)
const text = such(isText)
const double: Become = (value) => (typeof value === 'number' && !Number.isNaN(value) ? value : null)
const wholeFrom = (least: number) => such((value) => Number.isSafeInteger(value) && Number(value) >= least)
const durationFrom =
  (least: number): Become =>
  (value) => {
    const ms = parsedDuration(value)
    return ms !== undefined && ms >= least ? ms : undefined
  }

const oneOf = (...words: unknown[]): [wanted: string, become: Become] => [
  `one of ${words.join(', ')}`,
  such((value) => words.includes(value)),
]

const pairsOf =
  (name: Become, content: Become): Become =>
  (value) => {
    if (typeof value !== 'object' || !value) return
    const pairs: unknown[] =
      Symbol.iterator in value ? [...(value as Iterable<unknown>)] : Object.entries(value)
    const ready: unknown[] = []
    for (const pair of pairs) {
      if (!Array.isArray(pair) || pair.length !== 2 || name(pair[0]) === undefined) return
      const inside = content(pair[1])
      if (inside === undefined || inside === null) return inside
      ready.push([pair[0], inside])
    }
    return ready.length ? ready : undefined
  }

const bound: Become = (value) => {
  const said = isText(value) || typeof value === 'number' ? `${value}`.replace('Infinity', 'inf') : ''
  const [, open, digits = ''] = /^(\(?)([+-]?inf|[+-]?[\d.]+(?:e[+-]?\d+)?)$/i.exec(said) ?? []
  const score = Number(digits.toLowerCase().replace('inf', 'Infinity'))
  return digits && !Number.isNaN(score) ? { score, exclusive: open === '(' } : null
}

/** What is wanted of each kind, in words, and how it becomes ready. */
export const kinds: { readonly [Kind in ArgumentKind]: readonly [wanted: string, become: Become] } = {
  key: [`a key, a string of at most ${MAX_KEY_LENGTH} characters`, key],
  text: ['a string', text],
  integer: ['an integer within ±2^53', (value) => (Number.isSafeInteger(value) ? value : null)],
  count: ['a count of zero or more', wholeFrom(0)],
  positive: ['a count of one or more', wholeFrom(1)],
  cursor: [
    "a cursor, '0' or what a scan answered",
    such((value) => isText(value) && /^\d{1,20}$/.test(value) && Number(value) < 2 ** 64),
  ],
  double: ['a number', double],
  duration: ["a duration above zero, as 500 (milliseconds) or '5m'", durationFrom(1)],
  timeout: ["a duration of zero or more, as 500 (milliseconds) or '5m'", durationFrom(0)],
  instant: [
    'an instant, a Date or Unix time in milliseconds',
    (value) => {
      const ms = typeof value === 'number' || value instanceof Date ? Math.ceil(Number(value)) : Number.NaN
      return Number.isSafeInteger(ms) ? ms : undefined
    },
  ],
  flag: ['true or false', such((value) => typeof value === 'boolean')],
  end: oneOf('left', 'right'),
  beside: oneOf('before', 'after'),
  type: oneOf('string', 'hash', 'list', 'set', 'zset'),
  bound: ["a score, as 5, '(5' (exclusive), '-inf' or '+inf'", bound],
  lex: [
    "a member behind '[' or '(' (exclusive), or '-' or '+'",
    such((value) => /^([[(]|[-+]$)/.test(isText(value) ? value : '')),
  ],
  weights: [
    'a list of numbers, one for each key',
    (value) => {
      const weights: unknown[] = Array.isArray(value) ? [...value] : []
      const ready = weights.every((weight) => double(weight) !== null) ? weights : null
      return weights.length ? ready : undefined
    },
  ],
  aggregate: oneOf('sum', 'min', 'max'),
  limit: [
    '[offset, count]',
    such((value) => Array.isArray(value) && value.length === 2 && value.every(Number.isSafeInteger)),
  ],
  keys: [
    'a key or a list of them, at least one',
    (value) => {
      const list: unknown[] = Array.isArray(value) ? value : [value]
      return list.length && list.every(isKey) ? [...list] : undefined
    },
  ],
  keyed: [
    `keys of at most ${MAX_KEY_LENGTH} characters with strings (a record, a Map or pairs), at least one`,
    pairsOf(key, text),
  ],
  pairs: ['names with strings (a record, a Map or pairs), at least one', pairsOf(text, text)],
  scores: ['members with numbers (a record, a Map or pairs), at least one', pairsOf(text, double)],
  signal: ['an AbortSignal', such((value) => value instanceof AbortSignal)],
}
