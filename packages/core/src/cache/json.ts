import type { Codec } from './codec.ts'

/**
 * Values as JSON, and nothing that JSON would not give back: no `undefined`, NaN, Infinity, BigInt, functions or symbols, no
 * Date, Map, Set or other class instances, no arrays with gaps, no cycles. -0 becomes 0, and an object without prototype one
 * like any other. The error names the place: `value.user.born is a Date`.
 */
export const json: Codec = {
  encode(value) {
    const problem = problemOf(value, [])
    if (problem) throw new TypeError(`value${problem}, which JSON would not give back`)
    return JSON.stringify(value)
  },
  decode: (text) => JSON.parse(text),
}

/** What JSON would lose, and where; `above` are the objects that the value lies in. */
function problemOf(value: unknown, above: object[]): string | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value))
    return undefined
  if (typeof value !== 'object') return ` is ${typeof value === 'number' ? value : nameOf(typeof value)}`
  if (above.includes(value)) return ' lies in itself'
  if (!isPlain(value)) return ` is ${nameOf(String(value.constructor?.name ?? 'object of a class'))}`
  if (Object.getOwnPropertySymbols(value).length) return ' has a symbol as key'
  const fields = Object.entries(value)
  if (Array.isArray(value) && fields.length !== value.length) return ' has gaps or named fields'
  above.push(value)
  for (const [key, field] of fields) {
    const problem = problemOf(field, above)
    if (problem)
      return (
        (Array.isArray(value) ? `[${key}]` : /^\w+$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`) +
        problem
      )
  }
  above.pop()
  return undefined
}

/** Whether it is an array or an object of no class, from whatever realm. */
function isPlain(value: object): boolean {
  const own = Object.getPrototypeOf(value)
  const base = Array.isArray(value) ? Object.getPrototypeOf(own) : own
  return base === null || Object.getPrototypeOf(base) === null
}

function nameOf(type: string): string {
  return type === 'undefined' ? type : `a${/^[aeiou]/i.test(type) ? 'n' : ''} ${type}`
}
