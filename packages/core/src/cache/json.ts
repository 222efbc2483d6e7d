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
function problemOf(value: unknown, above: readonly object[]): string | undefined {
  if (value === null || /^(st|bo)/.test(typeof value) || Number.isFinite(value)) return undefined
  if (typeof value !== 'object') return ` is ${typeof value === 'number' ? value : typeof value}`
  if (above.includes(value)) return ' lies in itself'
  const isList = Array.isArray(value)
  const own = Object.getPrototypeOf(value)
  // Of no class, from whatever realm: an object comes from nothing, an array from an object.
  const base = isList ? Object.getPrototypeOf(own) : own
  if (base !== null && Object.getPrototypeOf(base) !== null) return ` is a ${value.constructor?.name}`
  const fields = Object.entries(value)
  const most = isList ? value.length : fields.length
  if (fields.length + Object.getOwnPropertySymbols(value).length !== most)
    return ' has gaps, or keys that are no names'
  const within = [...above, value]
  for (const [key, field] of fields) {
    const problem = problemOf(field, within)
    if (problem)
      return (/^[a-z_$][\w$]*$/i.test(key) ? `.${key}` : `[${isList ? key : JSON.stringify(key)}]`) + problem
  }
  return undefined
}
