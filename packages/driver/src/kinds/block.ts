import { parsedDuration } from '../duration.ts'
import { isKey } from './basic.ts'
import type { Kind } from './kind.ts'

export const keys: Kind = [
  'a key or a list of them, at least one',
  (value) => {
    const list: unknown[] = Array.isArray(value) ? [...value] : [value]
    return list.length && list.every(isKey) ? list : undefined
  },
]

/** The kind of durations of zero or more, which become milliseconds. */
export const timeout: Kind<number> = [
  "a duration of zero or more, as 500 (milliseconds) or '5m'",
  parsedDuration,
]

export const signal: Kind = ['an AbortSignal', (value) => (value instanceof AbortSignal ? value : undefined)]
