import { CacheError } from '../errors.ts'

/**
 * The state of a coordinator's record as JSON. Properties that are undefined are left out.
 *
 * @throws CacheError `INVALID_ARGUMENT` for anything else that JSON would lose or refuse: NaN, bigint, Date, Map, cycles …
 */
export function stateText(state: unknown): string {
  let text: string | undefined
  try {
    text = JSON.stringify(state)
  } catch (cause) {
    throw new CacheError('INVALID_ARGUMENT', `swap wants a state that JSON can hold: ${cause}`, { cause })
  }
  const lost = text === undefined ? String(state) : lostIn(state)
  if (text === undefined || lost !== undefined)
    throw new CacheError('INVALID_ARGUMENT', `swap wants a state that JSON keeps as it is, found ${lost}`)
  return text
}

/** What JSON, which took it all, does not give back; undefined if there is none. */
function lostIn(value: unknown): string | undefined {
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value)
  if (typeof value === 'function' || typeof value === 'symbol') return `a ${typeof value}`
  if (typeof value !== 'object' || value === null) return undefined
  if (Array.isArray(value)) {
    // A hole or undefined would come back as null.
    if (value.includes(undefined)) return 'undefined in a list'
  } else {
    const prototype: unknown = Object.getPrototypeOf(value)
    if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return 'an object of a class'
    if ('toJSON' in value) return 'an object with toJSON'
    if (Object.getOwnPropertySymbols(value).length) return 'a property named by a symbol'
  }
  for (const each of Object.values(value)) {
    const lost = lostIn(each)
    if (lost !== undefined) return lost
  }
  return undefined
}
