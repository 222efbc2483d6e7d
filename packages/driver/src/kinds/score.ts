import type { Kind } from './kind.ts'
import { double } from './number.ts'
import { readyPairs } from './pairs.ts'
import { text } from './text.ts'

export const bound: Kind = [
  "a score, as 5, '(5' (exclusive), '-inf' or '+inf'",
  (value) => {
    const said = typeof value === 'number' ? String(value) : (text(value) ?? '')
    const [, open, digits = ''] = /^(\(?)([+-]?inf(?:inity)?|[+-]?[\d.]+(?:e[+-]?\d+)?)$/i.exec(said) ?? []
    const score = Number(digits.replace(/inf.*/i, 'Infinity'))
    return digits && !Number.isNaN(score) ? { score, exclusive: open === '(' } : null
  },
]

export const lex: Kind = [
  "a member behind '[' or '(' (exclusive), or '-' or '+'",
  (value) => text(value, /^([[(]|[-+]$)/),
]

export const limit: Kind = [
  '[offset, count]',
  (value) =>
    Array.isArray(value) && value.length === 2 && value.every(Number.isSafeInteger) ? value : undefined,
]

export const scores: Kind = [
  'members with numbers (a record, a Map or pairs), at least one',
  (value) => readyPairs(value, text, double),
]

export const weights: Kind = [
  'a list of numbers, one for each key',
  (value) => {
    if (!Array.isArray(value) || !value.length) return undefined
    return value.every((weight) => double(weight) !== null) ? [...value] : null
  },
]

export const aggregate: Kind = ['one of sum, min, max', (value) => text(value, /^(sum|min|max)$/)]
