import type { Become, Kind } from './kind.ts'
import { text } from './text.ts'

/** A record, a Map or pairs as pairs, of which there must be at least one; names stay as they are. */
export function readyPairs(value: unknown, name: Become, content: Become): unknown {
  if (typeof value !== 'object' || !value) return
  const pairs = Symbol.iterator in value ? (value as Iterable<unknown>) : Object.entries(value)
  const ready: unknown[] = []
  for (const pair of pairs) {
    if (!Array.isArray(pair) || pair.length !== 2 || name(pair[0]) === undefined) return
    const inside = content(pair[1])
    if (inside === undefined || inside === null) return inside
    ready.push([pair[0], inside])
  }
  return ready.length ? ready : undefined
}

export const pairs: Kind = [
  'names with strings (a record, a Map or pairs), at least one',
  (value) => readyPairs(value, text, text),
]
